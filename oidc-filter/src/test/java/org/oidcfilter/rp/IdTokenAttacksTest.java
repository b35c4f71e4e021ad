// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.IdTokenAttack.claim;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.SigningKey;

/** Group ID of docs/attacks.md: the token endpoint hands out an ID token that nobody signed, or not as it has to be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdTokenAttacksTest {
    private final IdTokenAttack attack = IdTokenAttack.standard();

    @AfterAll
    void stop() {
        attack.close();
    }

    @Test
    @Tag("ID-01")
    void refusesATokenThatSaysItIsNotSigned() throws Exception {
        attack.refuses(Reason.TOKEN_ALGORITHM, (header, claims) -> {
            header.clear();
            header.put("alg", "none");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"None", "NONE", "nOnE", "none ", " none", "", "none\u0000", "n\u043Ene", "ｎone", "null"})
    @Tag("ID-02")
    void refusesEveryOtherSpellingOfNone(String algorithm) throws Exception {
        attack.refusesHeader(Reason.TOKEN_ALGORITHM, "alg", algorithm);
        attack.refusesToken(
                Reason.TOKEN_ALGORITHM,
                token -> unsigned(attack.provider.sign(Map.of("alg", algorithm), Json.parse(claims(token)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "[\"RS256\"]", "{}", "{\"RS256\":1}", "true"})
    @Tag("ID-02")
    void refusesAnAlgorithmThatIsNoString(String algorithm) throws Exception {
        attack.refusesHeaderText(Reason.TOKEN_ALGORITHM, "{\"alg\":" + algorithm + ",\"kid\":\"k1\"}");
    }

    @Test
    @Tag("ID-02")
    void refusesATokenWithoutAlgorithm() throws Exception {
        attack.refusesHeaderText(Reason.TOKEN_ALGORITHM, "{\"kid\":\"k1\",\"typ\":\"JWT\"}");
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, "{\"alg\":null,\"kid\":\"k1\"}");
    }

    @Test
    @Tag("ID-03")
    void refusesATokenWhoseSignatureWasRemoved() throws Exception {
        attack.refusesToken(Reason.TOKEN_SIGNATURE, IdTokenAttacksTest::unsigned);
    }

    @Test
    @Tag("ID-04")
    void refusesATokenThatWasAlteredAfterItWasSigned() throws Exception {
        attack.refusesToken(
                Reason.TOKEN_SIGNATURE,
                token -> withClaims(token, claim("sub", "\"bob\"").apply(claims(token))));
        attack.refusesToken(
                Reason.TOKEN_SIGNATURE, token -> withClaims(token, claims(token).replace("{", "{ ")));
        attack.refusesToken(Reason.TOKEN_SIGNATURE, token -> withHeader(token, "\"typ\":\"JWT\"", "\"typ\":\"jwt\""));
    }

    @Test
    @Tag("ID-05")
    void refusesAMacThatIsKeyedWithThePublicKey() throws Exception {
        for (var secret : publicKeyAsText()) {
            for (var algorithm :
                    Map.of("HS256", "HmacSHA256", "HS512", "HmacSHA512").entrySet()) {
                attack.refusesToken(
                        Reason.TOKEN_ALGORITHM, token -> mac(algorithm.getKey(), algorithm.getValue(), secret, token));
            }
        }
    }

    /** Also where HMACs are wanted, the key is the client secret and nothing that is published. */
    @Test
    @Tag("ID-05")
    void refusesAMacThatIsKeyedWithThePublicKeyWhereMacsAreWanted() throws Exception {
        try (var macs = IdTokenAttack.with(Map.of("oidc.id-token-algorithms", "HS256"))) {
            for (var secret : publicKeyAsText()) {
                macs.provider.answer(Endpoint.DISCOVERY, (request, honest) -> honest.get()
                        .editJson(metadata -> metadata.put("id_token_signing_alg_values_supported", List.of("HS256"))));
                macs.refusesToken(Reason.TOKEN_SIGNATURE, token -> mac("HS256", "HmacSHA256", secret, token));
            }
        }
    }

    @Test
    @Tag("ID-08")
    void refusesEveryAlgorithmButThePinnedOne() throws Exception {
        try (var pinned = IdTokenAttack.with(Map.of("oidc.id-token-algorithms", "RS256"))) {
            for (var algorithm :
                    List.of("RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")) {
                pinned.provider.signWith(algorithm);
                pinned.refusesToken(Reason.TOKEN_ALGORITHM, token -> token);
            }
            pinned.provider.signWith("RS256");
            pinned.believesToken(token -> token);
        }
    }

    @Test
    @Tag("ID-09")
    void takesNoUnsafeAlgorithmFromTheProvidersMetadata() throws Exception {
        try (var offered = IdTokenAttack.standard()) {
            offer(offered, List.of("none", "HS256", "RS256"));
            offered.refusesHeader(Reason.TOKEN_ALGORITHM, "alg", "none");
            offered.refusesToken(
                    Reason.TOKEN_ALGORITHM,
                    token -> mac("HS256", "HmacSHA256", Application.SECRET.getBytes(StandardCharsets.UTF_8), token));
            offered.believesToken(token -> token);
        }
    }

    @Test
    @Tag("ID-09")
    void doesNotStartALoginAtAProviderThatOffersNothingSafe() throws Exception {
        try (var offered = IdTokenAttack.standard()) {
            offer(offered, List.of("none", "HS256"));
            var reply = offered.login.browser.reply(PlainRequest.get("/page"));
            assertEquals(503, reply.status());
            assertEquals("", location(reply));
            assertTrue(reply.body().contains(Reason.METADATA_ALGORITHMS.code()), reply.body());
            assertTrue(offered.login.browser.cookies.isEmpty());
        }
    }

    private static void offer(IdTokenAttack attack, List<String> algorithms) {
        attack.provider.answer(Endpoint.DISCOVERY, (request, honest) -> honest.get()
                .editJson(metadata -> metadata.put("id_token_signing_alg_values_supported", algorithms)));
    }

    private static String unsigned(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static String claims(String token) {
        return IdTokenAttack.claims(token);
    }

    private static String withClaims(String token, String claims) {
        var parts = token.split("\\.", -1);
        return parts[0] + "." + SigningKey.base64Url(claims.getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
    }

    private static String withHeader(String token, String member, String other) {
        var parts = token.split("\\.", -1);
        var header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        assertTrue(header.contains(member), header);
        return SigningKey.base64Url(header.replace(member, other).getBytes(StandardCharsets.UTF_8)) + "." + parts[1]
                + "." + parts[2];
    }

    private static String mac(String algorithm, String name, byte[] secret, String token) {
        var header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}";
        var input = SigningKey.base64Url(header.getBytes(StandardCharsets.UTF_8)) + "." + token.split("\\.", -1)[1];
        try {
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return input + "." + SigningKey.base64Url(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The key that the provider publishes for RS256, in every form in which a careless verifier may hold it. */
    private static List<byte[]> publicKeyAsText() throws JoseException {
        var jwk = new LinkedHashMap<>(IdTokenAttack.KEY.jwk());
        var der = PublicJsonWebKey.Factory.newPublicJwk(jwk).getPublicKey().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END PUBLIC KEY-----";
        var modulus = String.valueOf(jwk.get("n"));
        return List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                (pem + "\n").getBytes(StandardCharsets.US_ASCII),
                modulus.getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(modulus),
                Json.write(jwk).getBytes(StandardCharsets.UTF_8));
    }
}
