// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes ID tokens (OpenID Connect Core sections 2 and 3.1.3.6). */
final class IdTokens {
    private final Terms terms;
    private final Registry registry;
    private final Signer signer;

    IdTokens(Terms terms, Registry registry, Signer signer) {
        this.terms = terms;
        this.registry = registry;
        this.signer = signer;
    }

    /** The ID token of a code. */
    String forCode(Grant grant, String accessToken) {
        Map<String, Object> claims = claims(grant);
        grant.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
        return sign(claims, accessToken);
    }

    /** The ID token of a refresh: it has no nonce (Core section 12.2). */
    String forRefresh(Grant grant, String accessToken) {
        return sign(claims(grant), accessToken);
    }

    /** Signs these claims, with issuer and times where they are absent; never a lie. */
    String issue(Map<String, Object> claims) {
        Map<String, Object> all = times();
        all.putAll(claims);
        return signer.keys().sign(signer.keys().header("JWT"), all);
    }

    private Map<String, Object> claims(Grant grant) {
        Session session = grant.session();
        var claims = new LinkedHashMap<String, Object>(
                registry.userNamed(session.username()).claims());
        claims.putAll(times());
        claims.put("aud", grant.clientId());
        claims.put("auth_time", session.authenticatedAt().getEpochSecond());
        claims.put("sid", session.sid());
        String acr = grant.request().wishes().acr();
        if (acr != null) {
            claims.put("acr", acr);
        }
        return claims;
    }

    private Map<String, Object> times() {
        long now = terms.clock().instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", terms.issuer());
        claims.put("iat", now);
        claims.put("exp", now + terms.tokenLifetime().toSeconds());
        return claims;
    }

    private String sign(Map<String, Object> claims, String accessToken) {
        Map<String, Object> header = signer.keys().header("JWT");
        claims.put("at_hash", leftHalfOfHash(String.valueOf(header.get("alg")), accessToken));
        signer.lies().distortIdToken(header, claims);
        return signer.lies().replace(signer.keys().sign(header, claims));
    }

    /** The hash is the signature algorithm's own; that of Ed25519 is SHA-512. */
    private static String leftHalfOfHash(String algorithm, String accessToken) {
        String hash = "SHA-" + (algorithm.equals("EdDSA") ? "512" : algorithm.substring(2));
        try {
            byte[] digest = MessageDigest.getInstance(hash).digest(accessToken.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs, after the lies have been told. */
    record Signer(Keys keys, Lies lies) {}
}
