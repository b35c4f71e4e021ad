// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.oidcfilter.token.SampleToken.KEY;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;

class JwksTest {
    private static final Optional<String> K1 = Optional.of("k1");
    private static final SigningKey P256 = SigningKey.ec("k1", "secp256r1");

    private static Jwks set(Object... keys) {
        return Jwks.parse(Json.write(Map.of("keys", List.of(keys))));
    }

    private static Map<String, Object> with(Map<String, Object> jwk, String name, Object value) {
        var changed = new HashMap<>(jwk);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> jwk, String name) {
        var changed = new HashMap<>(jwk);
        changed.remove(name);
        return changed;
    }

    @Test
    void findsAKeyByItsKid() {
        var other = SigningKey.rsa("k2", 2048);
        var keys = set(KEY.jwk(), other.jwk());
        assertEquals(List.of(KEY.pair().getPublic()), keys.find("RS256", K1));
        assertEquals(List.of(other.pair().getPublic()), keys.find("PS512", Optional.of("k2")));
        assertEquals(List.of(), keys.find("RS256", Optional.of("K1")));
        assertEquals(List.of(), keys.find("RS256", Optional.of("k3")));
    }

    @Test
    void findsTheKeysThatFitATokenWithoutKid() {
        assertEquals(
                1, set(KEY.jwk(), P256.jwk()).find("RS256", Optional.empty()).size());
        assertEquals(
                2,
                set(KEY.jwk(), SigningKey.rsa("k2", 2048).jwk())
                        .find("RS256", Optional.empty())
                        .size());
        assertEquals(
                1,
                set(without(KEY.jwk(), "kid")).find("RS256", Optional.empty()).size());
    }

    @Test
    void choosesByKindOfKeyWhereTwoShareAKid() {
        var keys = set(KEY.jwk(), P256.jwk());
        assertEquals(List.of(KEY.pair().getPublic()), keys.find("RS256", K1));
        assertEquals(List.of(P256.pair().getPublic()), keys.find("ES256", K1));
    }

    @Test
    void fitsACurveToItsAlgorithmOnly() {
        var keys = set(P256.jwk());
        assertEquals(1, keys.find("ES256", K1).size());
        for (var algorithm : List.of("ES384", "ES512", "EdDSA", "RS256", "ES256K", "HS256", "none")) {
            assertEquals(0, keys.find(algorithm, K1).size(), algorithm);
        }
        assertEquals(1, set(SigningKey.ed25519("k1").jwk()).find("EdDSA", K1).size());
    }

    @Test
    void holdsAKeyToTheAlgorithmThatItNames() {
        var keys = set(with(KEY.jwk(), "alg", "RS512"));
        assertEquals(1, keys.find("RS512", K1).size());
        assertEquals(0, keys.find("RS256", K1).size());
    }

    @Test
    void leavesOutKeysThatAreNotForSignatures() {
        assertEquals(0, set(with(KEY.jwk(), "use", "enc")).size());
        assertEquals(0, set(with(KEY.jwk(), "key_ops", List.of("encrypt"))).size());
        assertEquals(
                1,
                set(with(with(KEY.jwk(), "use", "sig"), "key_ops", List.of("verify")))
                        .size());
    }

    @Test
    void leavesOutWeakKeys() {
        assertEquals(0, set(SigningKey.rsa("k1", 1024).jwk()).size());
        assertEquals(0, set(with(KEY.jwk(), "e", "AQ")).size());
        assertEquals(1, set(with(KEY.jwk(), "e", "Aw")).size());
        assertEquals(0, set(with(KEY.jwk(), "e", "AA")).size());
        assertEquals(0, set(with(KEY.jwk(), "e", "AQAA")).size());
        assertEquals(0, set(Map.of("kty", "oct", "k", "c2VjcmV0", "kid", "k1")).size());
    }

    @Test
    void leavesOutPointsOffTheirCurve() {
        var y = Base64.getUrlDecoder().decode(String.valueOf(P256.jwk().get("y")));
        var moved = Arrays.copyOf(y, y.length);
        moved[31] ^= 1;
        assertEquals(0, set(with(P256.jwk(), "y", SigningKey.base64Url(moved))).size());
        assertEquals(0, set(with(P256.jwk(), "crv", "P-384")).size());
        assertEquals(1, set(P256.jwk()).size());
    }

    @Test
    void keepsTheGoodKeyAmongBrokenOnes() {
        var elements = new ArrayList<Object>(List.of("text", 7, List.of(), Map.of(), Map.of("kty", "XYZ")));
        elements.add(Map.of("kty", "EC", "crv", "secp256k1", "x", "AA", "y", "AA"));
        elements.add(Map.of("kty", "OKP", "crv", "X25519", "x", "AA"));
        elements.add(Map.of("kty", "OKP", "crv", "Ed25519", "x", "AA"));
        elements.add(Map.of("kty", "EC", "crv", "Ed25519", "x", "AA", "y", "AA"));
        elements.add(with(KEY.jwk(), "n", "AQAB"));
        elements.add(with(KEY.jwk(), "n", "!"));
        elements.add(with(KEY.jwk(), "kid", 7));
        elements.add(with(KEY.jwk(), "alg", 7));
        elements.add(with(KEY.jwk(), "kty", 7));
        elements.add(KEY.jwk());
        var set = Json.write(Map.of("keys", elements)).replace("[\"text\"", "[null,\"text\"");
        assertEquals(List.of(KEY.pair().getPublic()), Jwks.parse(set).find("RS256", K1));
        assertEquals(1, Jwks.parse(set).size());
    }

    @Test
    @Tag("JK-13")
    void neverUsesAKeyWhosePrivatePartIsPublished() {
        assertEquals(0, set(KEY.privateJwk()).size());
        for (var part : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
            assertEquals(0, set(with(KEY.jwk(), part, "AAAA")).size(), part);
            assertEquals(
                    1,
                    Jwks.parse(Json.write(Map.of("keys", List.of(with(KEY.jwk(), part, "null"))))
                                    .replace("\"null\"", "null"))
                            .size());
        }
    }

    @Test
    void readsAKeyWhateverCertificateComesWithIt() {
        var keys = set(with(with(KEY.jwk(), "x5c", List.of("not a certificate")), "x5t", 7));
        assertEquals(List.of(KEY.pair().getPublic()), keys.find("RS256", K1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[],\"keys\":[]}", "<html>"})
    void refusesWhatIsNoJwkSet(String document) {
        var refusal = assertThrows(InvalidResponseException.class, () -> Jwks.parse(document));
        assertEquals(Reason.PROVIDER_JSON, refusal.reason());
    }

    @Test
    void warnsOfAPublishedPrivateKeyAndSaysAtDebugWhyAKeyIsLeftOut() {
        assertEquals(List.of(), logged(Json.write(Map.of("keys", List.of(KEY.jwk(), P256.jwk())))));
        assertEquals(
                List.of(
                        "WARNING The provider publishes a private key. Whoever reads it can forge tokens, so it is not used.",
                        "FINE A key of the provider is left out: everybody knows its private part"),
                logged(Json.write(Map.of("keys", List.of(KEY.jwk(), P256.privateJwk())))));
        assertEquals(
                List.of("FINE A key of the provider is left out: its use is not sig"),
                logged(Json.write(Map.of("keys", List.of(with(KEY.jwk(), "use", "enc"))))));
    }

    private static List<String> logged(String document) {
        var lines = new ArrayList<String>();
        var logger = Logger.getLogger(Jwks.class.getName());
        var level = logger.getLevel();
        Filter collector = message -> {
            lines.add(message.getLevel() + " " + MessageFormat.format(message.getMessage(), message.getParameters()));
            return false;
        };
        logger.setLevel(Level.FINE);
        logger.setFilter(collector);
        try {
            Jwks.parse(document);
        } finally {
            logger.setFilter(null);
            logger.setLevel(level);
        }
        return lines;
    }
}
