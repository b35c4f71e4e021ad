// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.oidcfilter.token.SampleToken.KEY;
import static org.oidcfilter.token.SampleToken.valid;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/** Tokens that are protected by the client secret (OpenID Connect Core 10.1). */
class ClientSecretKeyTest {
    private static final Secret SECRET = Secret.of("gehe\u00efm-gehe\u00efm-gehe\u00efm-gehe\u00efmen");

    @ParameterizedTest
    @CsvSource({
        "HS256, 31, 0",
        "HS256, 32, 1",
        "HS384, 47, 0",
        "HS384, 48, 1",
        "HS512, 63, 0",
        "HS512, 64, 1",
        "RS256, 64, 0",
        "ES512, 64, 0",
        "EdDSA, 64, 0",
        "none, 64, 0",
        "hs256, 64, 0"
    })
    void verifiesNothingButAnHmacThatIsNotLongerThanTheSecret(String algorithm, int length, int keys) {
        var key = new ClientSecretKey(Secret.of("s".repeat(length)));
        assertEquals(keys, key.find(algorithm, Optional.empty()).size());
        assertEquals(keys, key.find(algorithm, Optional.of("any kid")).size());
    }

    @Test
    void theKeyIsTheSecretInUtf8() {
        var key = new ClientSecretKey(SECRET).find("HS256", Optional.empty()).get(0);
        assertArrayEquals(SECRET.reveal().getBytes(StandardCharsets.UTF_8), key.getEncoded());
    }

    @Test
    void believesATokenOfWhoKnowsTheSecretOnly() {
        var keys = new ClientSecretKey(SECRET);
        assertDoesNotThrow(() -> verify(protectedBy(SECRET.reveal()), keys));
        refuse(Reason.TOKEN_SIGNATURE, protectedBy(SECRET.reveal() + "x"), keys);
    }

    @Test
    void aPublicKeyIsNeverTakenForASecret() {
        Key modulus = KEY.pair().getPublic();
        var token = protectedBy(new String(modulus.getEncoded(), StandardCharsets.ISO_8859_1));
        refuse(Reason.TOKEN_SIGNATURE, token, (algorithm, kid) -> List.of(modulus));
    }

    @Test
    void aSecretIsNeverTakenForAPublicKey() {
        var secret = new SecretKeySpec(new byte[64], "RSA");
        refuse(Reason.TOKEN_SIGNATURE, valid().signed(), (algorithm, kid) -> List.of(secret));
    }

    private static void verify(Secret token, VerificationKeys keys) {
        new JwtVerifier(keys).verifySignature(SignedJwt.parse(token, Set.of("HS256", "RS256"), JoseHeader.JWT));
    }

    private static void refuse(Reason reason, Secret token, VerificationKeys keys) {
        var refusal = assertThrows(InvalidResponseException.class, () -> verify(token, keys));
        assertEquals(reason, refusal.reason());
    }

    private static Secret protectedBy(String secret) {
        var input = encoded("{\"alg\":\"HS256\"}") + "." + encoded(Json.write(valid().claims()));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var code = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return Secret.of(input + "." + SigningKey.base64Url(code));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String json) {
        return SigningKey.base64Url(json.getBytes(StandardCharsets.UTF_8));
    }
}
