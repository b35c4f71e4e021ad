// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.token.SampleToken.KEY;
import static org.oidcfilter.token.SampleToken.valid;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/** What is refused before anybody reads a claim: the form of a token, its header and its signature. */
class JwtVerifierTest {
    private static final Set<String> RS256 = Set.of("RS256");
    private static final SigningKey P256 = SigningKey.ec("k1", "secp256r1");

    private static void verify(Secret token, Set<String> algorithms, VerificationKeys keys) {
        new JwtVerifier(keys).verifySignature(SignedJwt.parse(token, algorithms, JoseHeader.JWT));
    }

    private static InvalidResponseException refuse(Reason reason, Secret token) {
        return refuse(reason, token, RS256, KEY.alone());
    }

    private static InvalidResponseException refuse(
            Reason reason, Secret token, Set<String> algorithms, VerificationKeys keys) {
        var refusal = assertThrows(InvalidResponseException.class, () -> verify(token, algorithms, keys));
        assertEquals(reason, refusal.reason());
        assertFalse(String.valueOf(refusal.getMessage()).contains(token.reveal()));
        return refusal;
    }

    static Stream<Map.Entry<String, SigningKey>> everyAlgorithm() {
        return Stream.of(
                Map.entry("RS256", KEY),
                Map.entry("RS384", KEY),
                Map.entry("RS512", KEY),
                Map.entry("PS256", KEY),
                Map.entry("PS384", KEY),
                Map.entry("PS512", KEY),
                Map.entry("ES256", P256),
                Map.entry("ES384", SigningKey.ec("k1", "secp384r1")),
                Map.entry("ES512", SigningKey.ec("k1", "secp521r1")),
                Map.entry("EdDSA", SigningKey.ed25519("k1")));
    }

    @ParameterizedTest
    @MethodSource("everyAlgorithm")
    void acceptsEveryAsymmetricAlgorithmAndNothingThatWasAltered(Map.Entry<String, SigningKey> entry) {
        var algorithm = entry.getKey();
        var key = entry.getValue();
        var jwks = Jwks.parse(Json.write(Map.of("keys", List.of(key.jwk()))));
        var token = valid().withHeader("alg", algorithm).signedBy(key, algorithm);
        verify(token, Set.of(algorithm), jwks);
        refuse(Reason.TOKEN_SIGNATURE, withPayload(token, valid().with("sub", "mallory")), Set.of(algorithm), jwks);
        refuse(Reason.TOKEN_SIGNATURE, withSignature(token, ""), Set.of(algorithm), jwks);
    }

    private static Secret withPayload(Secret token, SampleToken other) {
        var parts = token.reveal().split("\\.", -1);
        var payload = SigningKey.base64Url(Json.write(other.claims()).getBytes(StandardCharsets.UTF_8));
        return Secret.of(parts[0] + "." + payload + "." + parts[2]);
    }

    private static Secret withSignature(Secret token, String signature) {
        return Secret.of(token.reveal().substring(0, token.reveal().lastIndexOf('.') + 1) + signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "none ", "", "HS256", "RS512", "PS256", "ES256", "rs256"})
    void rejectsEveryOtherAlgorithm(String algorithm) {
        refuse(Reason.TOKEN_ALGORITHM, valid().withHeader("alg", algorithm).signed());
        refuse(
                Reason.TOKEN_ALGORITHM,
                withSignature(valid().withHeader("alg", algorithm).signed(), ""));
    }

    @Test
    void rejectsAnAlgorithmThatIsNoString() {
        refuse(Reason.TOKEN_ALGORITHM, valid().withoutHeader("alg").signed());
        refuse(Reason.TOKEN_ALGORITHM, valid().withHeader("alg", 256).signed());
        refuse(
                Reason.TOKEN_ALGORITHM,
                valid().withHeader("alg", List.of("RS256")).signed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "ES256K", "RSA1_5", "HS1"})
    void rejectsUnsafeAlgorithmsEvenWhereTheyAreAllowed(String algorithm) {
        refuse(Reason.TOKEN_ALGORITHM, valid().withHeader("alg", algorithm).signed(), Set.of(algorithm), KEY.alone());
    }

    /** Even where a MAC is allowed and the keys offer the public one: jose4j alone would take its bytes for a secret. */
    @Test
    void rejectsAMacMadeWithThePublicKey() throws GeneralSecurityException {
        var der = KEY.pair().getPublic().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----";
        for (var key : List.of(
                der, pem.getBytes(StandardCharsets.US_ASCII), (pem + "\n").getBytes(StandardCharsets.US_ASCII))) {
            for (var algorithm : List.of("HS256", "RS256")) {
                var token = valid().withHeader("alg", algorithm).signed().reveal();
                var input = token.substring(0, token.lastIndexOf('.'));
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                var forged = input + "." + SigningKey.base64Url(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
                refuse(Reason.TOKEN_SIGNATURE, Secret.of(forged), Set.of("HS256", "RS256"), KEY.alone());
            }
        }
    }

    @Test
    void rejectsAKeyThatTheTokenBringsAlong() {
        var attacker = SigningKey.rsa("k1", 2048);
        var token = valid().withHeader("jwk", attacker.jwk())
                .withHeader("jku", "http://127.0.0.1:1/jwks")
                .withHeader("x5u", "http://127.0.0.1:1/x5u")
                .withHeader("x5c", List.of("MIIB"));
        refuse(Reason.TOKEN_SIGNATURE, token.signedBy(attacker, "RS256"));
        verify(token.signed(), RS256, KEY.alone());
    }

    @Test
    void rejectsSignaturesThatVerifyEverything() {
        var token = valid().withHeader("alg", "ES256").signedBy(P256, "ES256");
        var order = ((ECPublicKey) P256.pair().getPublic()).getParams().getOrder();
        for (var signature :
                List.of(pair(BigInteger.ZERO, BigInteger.ZERO), pair(BigInteger.ZERO, order), pair(order, order))) {
            refuse(Reason.TOKEN_SIGNATURE, withSignature(token, signature), Set.of("ES256"), P256.alone());
        }
    }

    private static String pair(BigInteger r, BigInteger s) {
        var bytes = new byte[64];
        copyRight(r.toByteArray(), bytes, 32);
        copyRight(s.toByteArray(), bytes, 64);
        return SigningKey.base64Url(bytes);
    }

    private static void copyRight(byte[] from, byte[] to, int end) {
        int length = Math.min(from.length, 32);
        System.arraycopy(from, from.length - length, to, end - length, length);
    }

    @Test
    void rejectsEcdsaSignaturesInTheWrongEncoding() {
        var token = valid().withHeader("alg", "ES256").signedBy(P256, "ES256");
        var signature = Base64.getUrlDecoder()
                .decode(token.reveal().substring(token.reveal().lastIndexOf('.') + 1));
        var shorter = SigningKey.base64Url(Arrays.copyOf(signature, 63));
        var longer = SigningKey.base64Url(Arrays.copyOf(signature, 65));
        refuse(Reason.TOKEN_SIGNATURE, withSignature(token, shorter), Set.of("ES256"), P256.alone());
        refuse(Reason.TOKEN_SIGNATURE, withSignature(token, longer), Set.of("ES256"), P256.alone());
    }

    @Test
    void rejectsAKeyThatIsTooShortWhoeverHandsItOut() {
        var weak = SigningKey.rsa("k1", 1024);
        refuse(Reason.TOKEN_SIGNATURE, valid().signedBy(weak, "RS256"), RS256, weak.alone());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "application/jwt", "Application/JWT"})
    void acceptsTheTypeOfAJwt(String type) {
        verify(valid().withHeader("typ", type).signed(), RS256, KEY.alone());
        verify(valid().withoutHeader("typ").signed(), RS256, KEY.alone());
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE", ""})
    void rejectsEveryOtherType(String type) {
        refuse(Reason.TOKEN_TYP, valid().withHeader("typ", type).signed());
    }

    @Test
    void rejectsATypeThatIsNoString() {
        refuse(Reason.TOKEN_TYP, valid().withHeader("typ", List.of("JWT")).signed());
    }

    @Test
    void rejectsEveryExtension() {
        refuse(
                Reason.TOKEN_CRITICAL_HEADER,
                valid().withHeader("crit", List.of("x")).withHeader("x", 1).signed());
        refuse(
                Reason.TOKEN_CRITICAL_HEADER,
                valid().withHeader("crit", List.of()).signed());
        refuse(Reason.TOKEN_CRITICAL_HEADER, valid().withHeader("crit", "x").signed());
        refuse(
                Reason.TOKEN_CRITICAL_HEADER,
                valid().withHeader("crit", List.of("alg")).signed());
        refuse(Reason.TOKEN_CRITICAL_HEADER, valid().withHeader("b64", false).signed());
    }

    @Test
    void rejectsAKeyIdThatIsNoShortString() {
        refuse(Reason.TOKEN_MALFORMED, valid().withHeader("kid", 1).signed());
        refuse(Reason.TOKEN_MALFORMED, valid().withHeader("kid", Map.of()).signed());
        refuse(
                Reason.TOKEN_MALFORMED,
                valid().withHeader("kid", "x".repeat(1025)).signed());
        refuse(
                Reason.TOKEN_KEY_UNKNOWN,
                valid().withHeader("kid", "x".repeat(1024)).signed());
        refuse(
                Reason.TOKEN_KEY_UNKNOWN,
                valid().withHeader("kid", "../../dev/null").signed());
    }

    @Test
    void rejectsATokenThatSeveralKeysFit() {
        var keys = List.of(
                KEY.pair().getPublic(), SigningKey.rsa("k1", 2048).pair().getPublic());
        var refusal = refuse(Reason.TOKEN_KEY_UNKNOWN, valid().signed(), RS256, (algorithm, kid) -> keys);
        assertTrue(String.valueOf(refusal.getMessage()).contains("2 keys"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "..", "a.b.c", "a.b.c.d", "a.b.c.d.e", "{\"payload\":\"x\"}", "a b.c.d"})
    void rejectsWhatIsNoCompactSerialization(String text) {
        assertThrows(InvalidResponseException.class, () -> SignedJwt.parse(Secret.of(text), RS256, JoseHeader.JWT));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void rejectsEverySecondSpellingOfAPart(int part) {
        for (var suffix : List.of("=", "==", " ", "\n", "+", "/")) {
            var parts = valid().signed().reveal().split("\\.", -1);
            parts[part] += suffix;
            refuse(Reason.TOKEN_MALFORMED, Secret.of(String.join(".", parts)));
        }
    }

    @Test
    void rejectsUnusedBitsAtTheEndOfAPart() {
        var token = valid().signed().reveal(); // 256 octets of signature: the last character has four unused bits
        var last = token.charAt(token.length() - 1);
        var other = (char) (last + 1);
        refuse(Reason.TOKEN_MALFORMED, Secret.of(token.substring(0, token.length() - 1) + other));
    }

    @Test
    void rejectsDuplicateMembers() {
        var claims = Json.write(valid().claims());
        var header = Json.write(valid().header());
        var twice = claims.replace("{", "{\"\\u0073ub\":\"admin\",");
        refuse(Reason.TOKEN_MALFORMED, Secret.of(KEY.sign(header, twice, "RS256")));
        var twiceAlg = header.replace("{", "{\"alg\":\"RS256\",");
        refuse(Reason.TOKEN_MALFORMED, Secret.of(KEY.sign(twiceAlg, claims, "RS256")));
    }

    @Test
    void rejectsTextThatIsNotUtf8() {
        var parts = valid().signed().reveal().split("\\.", -1);
        parts[1] = SigningKey.base64Url("{\"sub\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1));
        refuse(Reason.TOKEN_MALFORMED, Secret.of(String.join(".", parts)));
        parts[1] = SigningKey.base64Url("{\"sub\":\"u\"}".getBytes(StandardCharsets.UTF_16));
        refuse(Reason.TOKEN_MALFORMED, Secret.of(String.join(".", parts)));
    }

    @Test
    void rejectsATokenOfMoreThan64Kilobytes() {
        refuse(
                Reason.TOKEN_MALFORMED,
                valid().with("pad", "x".repeat(64 * 1024)).signed());
        verify(valid().with("pad", "x".repeat(40_000)).signed(), RS256, KEY.alone());
    }
}
