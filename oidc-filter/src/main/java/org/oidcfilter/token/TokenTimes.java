// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.oidcfilter.token.TokenClaims.require;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.Reason;

/**
 * The times in a token, seen from one moment of our clock. Every comparison forgives the provider's clock as much as the
 * operator says, and no more.
 *
 * @param claims those of the token
 * @param now that moment
 * @param clockSkew by how much the provider's clock may differ
 */
record TokenTimes(TokenClaims claims, Instant now, Duration clockSkew) {
    /** A token is made for the moment at hand; an old one is a replay or a clock that is wrong. */
    static final Duration MAX_AGE = Duration.ofMinutes(10);

    /** What is kept until some moment may be gone at that moment, and clocks count seconds or milliseconds. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** OpenID Connect Core 3.1.3.7 (9). */
    void requireNotExpired() {
        var exp = claims.requiredDate("exp", Reason.TOKEN_EXPIRED);
        require(now.isBefore(exp.plus(clockSkew)), Reason.TOKEN_EXPIRED, () -> "expired at " + exp + clock());
    }

    /** OpenID Connect Core 3.1.3.7 (10). */
    void requireRecent() {
        var iat = claims.requiredDate("iat", Reason.TOKEN_ISSUED_AT);
        require(!isFuture(iat), Reason.TOKEN_ISSUED_AT, () -> "issued in the future, at " + iat + clock());
        require(
                !now.isAfter(iat.plus(MAX_AGE).plus(clockSkew)),
                Reason.TOKEN_ISSUED_AT,
                () -> "issued too long ago, at " + iat + clock());
    }

    /** RFC 7519 section 4.1.5. */
    void requireStarted() {
        var nbf = claims.date("nbf", Reason.TOKEN_NOT_BEFORE);
        require(
                nbf.isEmpty() || !isFuture(nbf.get()),
                Reason.TOKEN_NOT_BEFORE,
                () -> "valid only from " + nbf.get() + clock());
    }

    /** OpenID Connect Core 3.1.3.7 (13), and that it is a date of the past where present. */
    void requireAuthenticated(Optional<Duration> maxAge) {
        var told = claims.date("auth_time", Reason.TOKEN_AUTH_TIME);
        require(
                told.isEmpty() || !isFuture(told.get()),
                Reason.TOKEN_AUTH_TIME,
                () -> "authenticated in the future, at " + told.get() + clock()); // would count as fresh for ever
        if (maxAge.isEmpty()) {
            return;
        }
        var authTime = claims.requiredDate("auth_time", Reason.TOKEN_AUTH_TIME);
        require(
                !now.isAfter(authTime.plus(maxAge.get()).plus(clockSkew)),
                Reason.TOKEN_AUTH_TIME,
                () -> "authenticated at " + authTime + ", not within the last " + maxAge.get() + clock());
    }

    /** From this moment on {@link #requireNotExpired} or {@link #requireRecent} refuses the token, however coarse the clock. */
    Instant acceptableUntil() {
        var end = claims.requiredDate("exp", Reason.TOKEN_EXPIRED);
        var old = claims.requiredDate("iat", Reason.TOKEN_ISSUED_AT).plus(MAX_AGE);
        return (end.isBefore(old) ? end : old).plus(clockSkew).plus(TICK);
    }

    private boolean isFuture(Instant time) {
        return time.isAfter(now.plus(clockSkew));
    }

    private String clock() {
        return " (our clock: " + now + ", tolerance " + clockSkew.toSeconds() + " s)";
    }
}
