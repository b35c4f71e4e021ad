// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A provider's key, and an ID token with what Keycloak puts into one. */
record Provider(String algorithm, PublicJsonWebKey key, String token) {
    static final String ISSUER = "https://id.example.com/realms/acme";
    static final String CLIENT = "shop";
    static final String NONCE = "mVdJ0x0zPpRkpjCkQZ6Qx2XaZ1nGmPoZ1v3cE4t5uYw";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static Provider signingWith(String algorithm) throws JoseException {
        var key = key(algorithm);
        key.setKeyId("WVVRNlBJcGdQcGpVZ2hMUWhXSnB5");
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setHeader("typ", "JWT");
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setPayload(JsonUtil.toJson(claims()));
        jws.setKey(key.getPrivateKey());
        return new Provider(algorithm, key, jws.getCompactSerialization());
    }

    private static PublicJsonWebKey key(String algorithm) throws JoseException {
        return switch (algorithm) {
            case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
            case "EdDSA" -> OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            default -> RsaJwkGenerator.generateJwk(2048);
        };
    }

    private static Map<String, Object> claims() {
        var now = NOW.getEpochSecond();
        return Map.ofEntries(
                Map.entry("exp", now + 300),
                Map.entry("iat", now),
                Map.entry("auth_time", now - 10),
                Map.entry("jti", "5c1f1d0a-5a3c-4b1f-9a44-bd2d1e8b9c10"),
                Map.entry("iss", ISSUER),
                Map.entry("aud", CLIENT),
                Map.entry("sub", "f6b5f4a7-3f51-4a8c-9a1e-0f3c5d0b7c2d"),
                Map.entry("typ", "ID"),
                Map.entry("azp", CLIENT),
                Map.entry("nonce", NONCE),
                Map.entry("sid", "0d2c7a55-51cf-4a53-8a7b-c0ffee123456"),
                Map.entry("acr", "1"),
                Map.entry("email_verified", true),
                Map.entry("realm_access", Map.of("roles", List.of("user", "clerk", "offline_access"))),
                Map.entry("name", "Alice Adams"),
                Map.entry("preferred_username", "alice"),
                Map.entry("given_name", "Alice"),
                Map.entry("family_name", "Adams"),
                Map.entry("email", "alice@example.com"));
    }

    String jwks() {
        return JsonUtil.toJson(Map.of("keys", List.of(key.toParams(OutputControlLevel.PUBLIC_ONLY))));
    }

    PublicKey publicKey() {
        return key.getPublicKey();
    }

    byte[] signingInput() {
        return token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] signature() {
        return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    }

    Signature jca() throws GeneralSecurityException {
        return switch (algorithm) {
            case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case "EdDSA" -> Signature.getInstance("Ed25519");
            default -> Signature.getInstance("SHA256withRSA");
        };
    }
}
