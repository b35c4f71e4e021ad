// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.oidcfilter.token.TokenClaims.require;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Printable;

/**
 * Decides whether to believe an ID token that came from the token endpoint: OpenID Connect Core 3.1.3.7, rule by rule.
 * Numbers in parentheses are those of that section.
 */
public final class IdTokenValidator {
    /** An ID token is made for the login at hand; an old one is a replay or a clock that is wrong. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private static final int MAX_SUBJECT_LENGTH = 255;

    private final JwtVerifier verifier;
    private final Decryption decryption;
    private final Clock clock;
    private final Duration clockSkew;

    /**
     * What the token has to say. There is nothing to leave out: every expectation is a decision of the caller.
     *
     * @param issuer the issuer identifier
     * @param clientId this client
     * @param otherAudiences whom the token may be for besides
     * @param algorithms the acceptable signature algorithms
     * @param nonce that of the authentication request
     * @param accessToken the access token that came along, if one did
     * @param maxAge the {@code max_age} of the authentication request, if it had one
     * @param acrValues the {@code acr} values that are acceptable; empty if none was asked for
     */
    public record Expected(
            String issuer,
            String clientId,
            Set<String> otherAudiences,
            Set<String> algorithms,
            Secret nonce,
            Optional<Secret> accessToken,
            Optional<Duration> maxAge,
            List<String> acrValues) {
        public Expected {
            otherAudiences = Set.copyOf(otherAudiences);
            algorithms = Set.copyOf(algorithms);
            acrValues = List.copyOf(acrValues);
        }
    }

    /**
     * @param keys those of the provider
     * @param decryption what encrypted tokens are opened with
     * @param clockSkew by how much the provider's clock may differ from {@code clock}
     */
    public IdTokenValidator(VerificationKeys keys, Decryption decryption, Clock clock, Duration clockSkew) {
        this.verifier = new JwtVerifier(keys);
        this.decryption = decryption;
        this.clock = clock;
        this.clockSkew = clockSkew;
    }

    /**
     * The token, verified. Claims are looked at before keys are, so that a wrong token does not make us call the provider.
     *
     * @throws InvalidResponseException with the {@link Reason} of the first rule that is broken
     */
    public IdToken validate(Secret token, Expected expected) {
        var signed = decryption.content(token); // (1)
        var jwt = SignedJwt.parse(signed, expected.algorithms()); // (7), (8) algorithm
        var claims = new TokenClaims(jwt.claims());
        var now = clock.instant();

        claims.requireIssuer(expected.issuer()); // (2)
        claims.requireAudience(expected.clientId(), expected.otherAudiences()); // (3)
        requireAuthorizedParty(claims, expected.clientId()); // (4), (5)
        requireNotExpired(claims, now); // (9)
        requireRecent(claims, now); // (10)
        requireNonce(claims, expected.nonce()); // (11)
        requireAcr(claims, expected.acrValues()); // (12)
        requireAuthTime(claims, expected.maxAge(), now); // (13)
        requireSubject(claims); // section 2
        requireStarted(claims, now); // RFC 7519 section 4.1.5
        requireNoEvents(claims); // Back-Channel Logout 2.4: a logout token is not an ID token
        claims.string("sid", Reason.TOKEN_MALFORMED); // Back-Channel Logout 2.1: a string where present
        verifier.verifySignature(jwt); // (6)
        requireAccessTokenHash(claims, jwt.algorithm(), expected.accessToken()); // section 3.1.3.8

        return new IdToken(signed, jwt.claims());
    }

    private static void requireAuthorizedParty(TokenClaims claims, String clientId) {
        var azp = claims.string("azp", Reason.TOKEN_AUTHORIZED_PARTY);
        require(
                azp.isPresent() || claims.audience().size() <= 1,
                Reason.TOKEN_AUTHORIZED_PARTY,
                () -> "azp is missing although there are several audiences");
        require(
                azp.isEmpty() || azp.get().equals(clientId),
                Reason.TOKEN_AUTHORIZED_PARTY,
                () -> "expected azp to be " + clientId + ", got another client");
    }

    private void requireNotExpired(TokenClaims claims, Instant now) {
        var exp = claims.requiredDate("exp", Reason.TOKEN_EXPIRED);
        require(now.isBefore(exp.plus(clockSkew)), Reason.TOKEN_EXPIRED, () -> "expired at " + exp + clock(now));
    }

    private void requireRecent(TokenClaims claims, Instant now) {
        var iat = claims.requiredDate("iat", Reason.TOKEN_ISSUED_AT);
        require(!isFuture(iat, now), Reason.TOKEN_ISSUED_AT, () -> "issued in the future, at " + iat + clock(now));
        require(
                !now.isAfter(iat.plus(MAX_AGE).plus(clockSkew)),
                Reason.TOKEN_ISSUED_AT,
                () -> "issued too long ago, at " + iat + clock(now));
    }

    private static void requireNonce(TokenClaims claims, Secret expected) {
        var nonce = claims.requiredString("nonce", Reason.TOKEN_NONCE);
        require(expected.matches(nonce), Reason.TOKEN_NONCE, () -> "nonce is not that of this login");
    }

    private static void requireAcr(TokenClaims claims, List<String> acrValues) {
        if (acrValues.isEmpty()) {
            return;
        }
        var acr = claims.requiredString("acr", Reason.TOKEN_ACR);
        require(
                acrValues.contains(acr),
                Reason.TOKEN_ACR,
                () -> "expected acr to be one of " + acrValues + ", got " + Printable.of(acr));
    }

    private void requireAuthTime(TokenClaims claims, Optional<Duration> maxAge, Instant now) {
        claims.date("auth_time", Reason.TOKEN_AUTH_TIME); // a date, where present
        if (maxAge.isEmpty()) {
            return;
        }
        var authTime = claims.requiredDate("auth_time", Reason.TOKEN_AUTH_TIME);
        require(
                !isFuture(authTime, now)
                        && !now.isAfter(authTime.plus(maxAge.get()).plus(clockSkew)),
                Reason.TOKEN_AUTH_TIME,
                () -> "authenticated at " + authTime + ", not within the last " + maxAge.get() + clock(now));
    }

    /** Core 2: at most 255 ASCII characters. No control characters: it is written to logs. */
    private static void requireSubject(TokenClaims claims) {
        var sub = claims.requiredString("sub", Reason.TOKEN_SUBJECT);
        require(
                !sub.isBlank() && sub.length() <= MAX_SUBJECT_LENGTH && Printable.isPrintableAscii(sub),
                Reason.TOKEN_SUBJECT,
                () -> "sub is not 1 to 255 printable ASCII characters");
    }

    private void requireStarted(TokenClaims claims, Instant now) {
        var nbf = claims.date("nbf", Reason.TOKEN_NOT_BEFORE);
        require(
                nbf.isEmpty() || !isFuture(nbf.get(), now),
                Reason.TOKEN_NOT_BEFORE,
                () -> "valid only from " + nbf.get() + clock(now));
    }

    private static void requireNoEvents(TokenClaims claims) {
        require(!claims.has("events"), Reason.TOKEN_EVENTS, () -> "events are for logout tokens");
    }

    private static void requireAccessTokenHash(
            TokenClaims claims, SignatureAlgorithm algorithm, Optional<Secret> accessToken) {
        var atHash = claims.string("at_hash", Reason.TOKEN_ACCESS_TOKEN_HASH);
        if (atHash.isEmpty() || accessToken.isEmpty()) {
            return; // Core 3.1.3.6: optional in the code flow
        }
        var half = algorithm.leftHalfOfHash(accessToken.get().reveal().getBytes(StandardCharsets.US_ASCII));
        var expected = Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(half));
        require(
                expected.matches(atHash.get()),
                Reason.TOKEN_ACCESS_TOKEN_HASH,
                () -> "at_hash does not fit the access token");
    }

    private boolean isFuture(Instant time, Instant now) {
        return time.isAfter(now.plus(clockSkew));
    }

    private String clock(Instant now) {
        return " (our clock: " + now + ", tolerance " + clockSkew.toSeconds() + " s)";
    }
}
