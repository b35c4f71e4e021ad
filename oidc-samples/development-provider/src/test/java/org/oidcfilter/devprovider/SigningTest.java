// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.header;
import static org.oidcfilter.devprovider.RelyingParty.payload;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {
    private final DevelopmentProvider op =
            DevelopmentProvider.builder().client(SHOP).user(User.named("alice")).start();
    private final RelyingParty rp = new RelyingParty(op);

    @AfterEach
    void close() {
        op.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, SHA-256", "RS384, SHA-384", "RS512, SHA-512", "PS256, SHA-256", "PS384, SHA-384",
        "PS512, SHA-512", "ES256, SHA-256", "ES384, SHA-384", "ES512, SHA-512", "EdDSA, SHA-512",
    })
    void signsIdTokensWithEveryAlgorithm(String algorithm, String hash) throws Exception {
        op.loginAs("alice");
        op.signWith(algorithm);
        Map<String, Object> tokens = rp.logIn();
        String idToken = String.valueOf(tokens.get("id_token"));
        assertEquals(algorithm, header(idToken).get("alg"));
        assertTrue(verifies(idToken), "verifies with the published key");
        byte[] digest = MessageDigest.getInstance(hash)
                .digest(String.valueOf(tokens.get("access_token")).getBytes(US_ASCII));
        assertEquals(
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2)),
                payload(idToken).get("at_hash"));
    }

    @Test
    void signsWithRs256UnlessTold() {
        assertEquals("RS256", header(op.issueIdToken(Map.of())).get("alg"));
    }

    @Test
    void refusesToSignWithAnUnknownAlgorithm() {
        assertThrows(IllegalArgumentException.class, () -> op.signWith("HS256"));
    }

    @Test
    void publishesNoPrivateKey() throws Exception {
        JsonWebKeySet keys = new JsonWebKeySet(rp.get("/jwks", Map.of()).body());
        assertEquals(10, keys.getJsonWebKeys().size());
        for (JsonWebKey key : keys.getJsonWebKeys()) {
            assertEquals("sig", key.getUse());
            assertEquals(null, ((PublicJsonWebKey) key).getPrivateKey());
        }
    }

    @Test
    void rotationChangesTheKeyAndKeepsTheOldOnePublishedUntilItIsWithdrawn() throws Exception {
        String before = op.issueIdToken(Map.of("sub", "alice"));
        op.rotateKeys();
        String after = op.issueIdToken(Map.of("sub", "alice"));
        assertNotEquals(header(before).get("kid"), header(after).get("kid"));
        assertTrue(verifies(before));
        assertTrue(verifies(after));
        op.withdrawOldKeys();
        assertTrue(key(before).isEmpty(), "the old key is gone");
        assertTrue(verifies(after));
    }

    @Test
    void issuedIdTokenHasIssuerAndTimesUnlessTheyAreGiven() throws Exception {
        String token = op.issueIdToken(Map.of("sub", "alice", "exp", 1));
        assertEquals(op.issuer(), payload(token).get("iss"));
        assertTrue(payload(token).containsKey("iat"));
        assertEquals(1L, payload(token).get("exp"));
        assertTrue(verifies(token));
    }

    @Test
    void signsExactlyTheClaimsGiven() throws Exception {
        String token = op.sign(Map.of("typ", "logout+jwt"), Map.of("only", List.of("this", 1)));
        assertEquals(Map.of("only", List.of("this", 1L)), payload(token));
        assertEquals("logout+jwt", header(token).get("typ"));
        assertTrue(verifies(token));
    }

    @Test
    void aHeaderWithAlgIsTakenAsItIs() {
        assertEquals(Map.of("alg", "ES256"), header(op.sign(Map.of("alg", "ES256"), Map.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE"})
    void noneHasAnEmptySignature(String none) {
        assertTrue(op.sign(Map.of("alg", none), Map.of("sub", "alice")).endsWith("."));
    }

    @Test
    void anUnknownAlgIsStatedOverARealSignature() throws Exception {
        String token = op.sign(Map.of("alg", "HS256"), Map.of("sub", "alice"));
        assertEquals("HS256", header(token).get("alg"));
        assertEquals(256, Base64.getUrlDecoder().decode(Form.split(token, '.').get(2)).length);
    }

    @Test
    void recognisesItsOwnTokensOnly() throws Exception {
        String token = op.issueIdToken(Map.of("sub", "alice"));
        String forged = token.substring(0, token.indexOf('.') + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString("{\"sub\":\"bob\"}".getBytes(UTF_8))
                + token.substring(token.lastIndexOf('.'));
        var keys = new Keys();
        String ours = keys.sign(keys.header("JWT"), Map.of("sub", "alice"));
        assertEquals(Optional.of(Map.of("sub", "alice")), keys.claimsOfOurs(ours));
        assertTrue(keys.claimsOfOurs(token).isEmpty(), "of another provider");
        assertTrue(keys.claimsOfOurs("nonsense").isEmpty(), "no token");
        assertTrue(keys.claimsOfOurs("a.b.c").isEmpty(), "unreadable");
        assertFalse(verifies(forged));
    }

    private boolean verifies(String token) throws Exception {
        JsonWebKey key = key(token).orElseThrow(() -> new AssertionError("The key is not published"));
        var signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, key.getAlgorithm()));
        signature.setCompactSerialization(token);
        signature.setKey(key.getKey());
        return signature.verifySignature();
    }

    private Optional<JsonWebKey> key(String token) throws Exception {
        JsonWebKeySet keys = new JsonWebKeySet(op.publicJwks());
        return keys.getJsonWebKeys().stream()
                .filter(key -> key.getKeyId().equals(header(token).get("kid")))
                .findFirst();
    }
}
