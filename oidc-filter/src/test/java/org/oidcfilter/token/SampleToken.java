// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/** An ID token, or another, in the making: valid until a test spoils one thing. */
public record SampleToken(Map<String, Object> header, Map<String, Object> claims) {
    public static final String ISSUER = "https://op.test";
    public static final String CLIENT = "c1";
    public static final Secret NONCE = Secret.of("n-0S6_WzA2Mj");
    public static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** Generated once: RSA keys are slow to make. */
    public static final SigningKey KEY = SigningKey.rsa("k1", 2048);

    public static SampleToken valid() {
        var header = new LinkedHashMap<String, Object>(Map.of("alg", "RS256", "kid", KEY.kid(), "typ", "JWT"));
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("sub", "alice");
        claims.put("aud", CLIENT);
        claims.put("exp", now(300));
        claims.put("iat", now(-5));
        claims.put("nonce", NONCE.reveal());
        return new SampleToken(header, claims);
    }

    /** A logout token in the making. */
    public static SampleToken validLogout() {
        var header = new LinkedHashMap<String, Object>(Map.of("alg", "RS256", "kid", KEY.kid(), "typ", "logout+jwt"));
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("sub", "alice");
        claims.put("aud", CLIENT);
        claims.put("exp", now(120));
        claims.put("iat", now(-5));
        claims.put("jti", "jti-1");
        claims.put("sid", "s1");
        claims.put("events", Map.of(EVENT, Map.of()));
        return new SampleToken(header, claims);
    }

    /** The NumericDate that is {@code seconds} after now. */
    public static long now(long seconds) {
        return NOW.getEpochSecond() + seconds;
    }

    public SampleToken with(String claim, Object value) {
        return new SampleToken(header, changed(claims, claim, value));
    }

    public SampleToken without(String claim) {
        var fewer = new LinkedHashMap<>(claims);
        fewer.remove(claim);
        return new SampleToken(header, fewer);
    }

    public SampleToken withHeader(String name, Object value) {
        return new SampleToken(changed(header, name, value), claims);
    }

    public SampleToken withoutHeader(String name) {
        var fewer = new LinkedHashMap<>(header);
        fewer.remove(name);
        return new SampleToken(fewer, claims);
    }

    private static Map<String, Object> changed(Map<String, Object> members, String name, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(name, value);
        return more;
    }

    /** Signed with {@link #KEY} and RS256. */
    public Secret signed() {
        return signedBy(KEY, "RS256");
    }

    /** Signed with {@code key} by {@code alg}, whatever the header says. */
    public Secret signedBy(SigningKey key, String alg) {
        return Secret.of(key.sign(Json.write(header), Json.write(claims), alg));
    }
}
