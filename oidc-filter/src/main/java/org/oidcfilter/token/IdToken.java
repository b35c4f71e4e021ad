// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.JsonObject;

/** An ID token that has been verified: only {@link IdTokenValidator} makes one (OpenID Connect Core 2). */
public final class IdToken {
    /** <code>{}</code> */
    private static final String NO_HEADER = "e30";

    private final Secret raw;
    private final JsonObject claims;

    IdToken(Secret raw, JsonObject claims) {
        this.raw = raw;
        this.claims = claims;
    }

    /**
     * The claims of an ID token that has been verified before and was kept since where nobody can change it. Nothing is
     * checked here.
     */
    public static Map<String, Object> claimsOf(Secret verified) {
        return SignedJwt.payloadOf(verified).members();
    }

    /** The claims of a token that has been verified, in its place: without its signature, so that nobody will believe it. */
    public static Secret withoutSignature(Secret verified) {
        var text = verified.reveal();
        return Secret.of(NO_HEADER + text.substring(text.indexOf('.'), text.lastIndexOf('.') + 1));
    }

    /** Whether {@code token} is what the provider has written, and not {@link #withoutSignature}. */
    public static boolean isSigned(Secret token) {
        return !token.reveal().endsWith(".");
    }

    /** Who issued it ({@code iss}). */
    public String issuer() {
        return claims.requiredString("iss");
    }

    /** Whom it is about ({@code sub}). */
    public String subject() {
        return claims.requiredString("sub");
    }

    /** The provider's name for its session ({@code sid}), if it gives one. */
    public Optional<String> sid() {
        return claims.string("sid");
    }

    /** How strongly the caller proved who they are ({@code acr}), if the provider says and it is a string. */
    public Optional<String> acr() {
        return claims.members().get("acr") instanceof String acr ? Optional.of(acr) : Optional.empty();
    }

    /** When the caller proved who they are ({@code auth_time}), if the provider says. */
    public Optional<Instant> authenticatedAt() {
        return claims.numericDate("auth_time");
    }

    /** Until when it may be accepted ({@code exp}). */
    public Instant expiresAt() {
        return claims.numericDate("exp").orElseThrow();
    }

    /** All claims, unmodifiable. */
    public Map<String, Object> claims() {
        return claims.members();
    }

    /** The signed token: where it came encrypted, what was inside. */
    public Secret raw() {
        return raw;
    }

    /** Nothing of the content. */
    @Override
    public String toString() {
        return "IdToken";
    }
}
