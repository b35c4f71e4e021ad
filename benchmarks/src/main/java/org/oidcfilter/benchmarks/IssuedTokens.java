// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** What a provider hands out: tokens of a given size, and the keys that sign them. RS256. */
final class IssuedTokens {
    private final String issuer;
    private final TokenIssuer.Sizes sizes;
    private volatile List<PublicJsonWebKey> keys;

    IssuedTokens(String issuer, TokenIssuer.Sizes sizes) throws JoseException {
        this.issuer = issuer;
        this.sizes = sizes;
        keys = List.of(newKey());
    }

    /** Signs with a new key; the old one stays published. */
    void rotate() {
        try {
            var next = new ArrayList<PublicJsonWebKey>();
            next.add(newKey());
            next.add(keys.get(0));
            keys = List.copyOf(next);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    PublicJsonWebKey key() {
        return keys.get(0);
    }

    String logoutToken(String subject, String sid) {
        var now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", TokenIssuer.CLIENT);
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", subject);
        claims.put("sid", sid);
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return signed("logout+jwt", claims);
    }

    String jwks() {
        return JsonUtil.toJson(Map.of(
                "keys",
                keys.stream()
                        .map(key -> key.toParams(OutputControlLevel.PUBLIC_ONLY))
                        .toList()));
    }

    String idToken(String subject, String nonce) {
        var claims = claims(subject);
        claims.put("aud", TokenIssuer.CLIENT);
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        return filled(claims, sizes.idToken());
    }

    /** What all tokens say, as those of Keycloak do. */
    private Map<String, Object> claims(String subject) {
        var now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("exp", now + 36_000);
        claims.put("iat", now);
        claims.put("auth_time", now);
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("sid", sid(subject));
        claims.put("preferred_username", "alice");
        claims.put("roles", List.of("user", "clerk"));
        return claims;
    }

    String accessToken(String subject) {
        return issued("at", subject, sizes.accessToken());
    }

    String refreshToken(String subject) {
        return issued("rt", subject, sizes.refreshToken());
    }

    private String issued(String kind, String subject, int size) {
        if (!sizes.readable().contains(kind)) {
            return random(subject + "~", size);
        }
        var claims = claims(subject);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("typ", kind);
        claims.put("scope", "openid profile email");
        return filled(claims, size);
    }

    /** Whom a refresh token is for. */
    static String subject(String refreshToken) {
        if (refreshToken.indexOf('.') < 0) {
            return refreshToken;
        }
        var payload = Base64.getUrlDecoder().decode(refreshToken.split("\\.")[1]);
        try {
            return JsonUtil.parseJson(new String(payload, StandardCharsets.UTF_8))
                    .get("sub")
                    .toString();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of about this size, which names as many groups as that takes: 32 characters each. */
    private String filled(Map<String, Object> claims, int size) {
        var groups = Math.max(0, size - signed("JWT", claims).length() - 16) / 32;
        claims.put(
                "groups",
                IntStream.range(0, groups)
                        .mapToObj(group -> "/shop/%04x-department".formatted(group * 2_654_435_761L >>> 8 & 0xffff))
                        .toList());
        return signed("JWT", claims);
    }

    static String sid(String subject) {
        return UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Text that nobody can read. */
    private static String random(String prefix, int size) {
        var bytes = new byte[size];
        ThreadLocalRandom.current().nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return prefix + text.substring(0, Math.max(0, size - prefix.length()));
    }

    private String signed(String type, Map<String, Object> claims) {
        try {
            var key = keys.get(0);
            var jws = new JsonWebSignature();
            jws.setAlgorithmHeaderValue("RS256");
            jws.setHeader("typ", type);
            jws.setKeyIdHeaderValue(key.getKeyId());
            jws.setPayload(JsonUtil.toJson(claims));
            jws.setKey(key.getPrivateKey());
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey newKey() throws JoseException {
        var key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(UUID.randomUUID().toString());
        key.setUse("sig");
        key.setAlgorithm("RS256");
        return key;
    }
}
