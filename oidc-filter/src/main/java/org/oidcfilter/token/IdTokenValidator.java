// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.oidcfilter.token.TokenClaims.require;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
     * What the token of a refresh has to say.
     *
     * @param issuer the issuer identifier
     * @param clientId this client
     * @param otherAudiences whom the token may be for besides
     * @param algorithms the acceptable signature algorithms
     * @param previous the ID token of the session so far, which was verified when it came
     * @param accessToken the access token that came along
     */
    public record Refreshed(
            String issuer,
            String clientId,
            Set<String> otherAudiences,
            Set<String> algorithms,
            Secret previous,
            Secret accessToken) {
        public Refreshed {
            otherAudiences = Set.copyOf(otherAudiences);
            algorithms = Set.copyOf(algorithms);
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
        var jwt = SignedJwt.parse(signed, expected.algorithms(), JoseHeader.JWT); // (7), (8) algorithm
        var claims = new TokenClaims(jwt.claims());
        var times = new TokenTimes(claims, clock.instant(), clockSkew);

        claims.requireIssuer(expected.issuer()); // (2)
        claims.requireAudience(expected.clientId(), expected.otherAudiences()); // (3)
        requireAuthorizedParty(claims, expected.clientId()); // (4), (5)
        times.requireNotExpired(); // (9)
        times.requireRecent(); // (10)
        requireNonce(claims, expected.nonce()); // (11)
        requireAcr(claims, expected.acrValues()); // (12)
        times.requireAuthenticated(expected.maxAge()); // (13)
        claims.requiredSubject(); // section 2
        times.requireStarted(); // RFC 7519 section 4.1.5
        requireNoEvents(claims); // Back-Channel Logout 2.4: a logout token is not an ID token
        claims.sid(); // Back-Channel Logout 2.1
        verifier.verifySignature(jwt); // (6)
        requireAccessTokenHash(claims, jwt.algorithm(), expected.accessToken()); // section 3.1.3.8

        return new IdToken(signed, jwt.claims());
    }

    /**
     * Refuses a token that tells of an authentication before {@code since}: for {@code prompt=login}, which anybody at the
     * browser can take out of the address. One that does not tell is let pass, since only {@code max_age} obliges the
     * provider to tell (Core 2).
     *
     * @throws InvalidResponseException with {@link Reason#TOKEN_AUTH_TIME}
     */
    public void requireAuthenticatedSince(Instant since, IdToken token) {
        var authTime = token.authenticatedAt();
        var earliest = since.truncatedTo(ChronoUnit.SECONDS).minus(clockSkew); // auth_time is in whole seconds
        require(
                authTime.isEmpty() || !authTime.get().isBefore(earliest),
                Reason.TOKEN_AUTH_TIME,
                () -> "authenticated at " + authTime.get() + ", before this login with prompt=login began at " + since);
    }

    /**
     * The token of a refresh, verified (OpenID Connect Core 12.2). Its {@code auth_time} and {@code acr} are not compared
     * with those of the login: a provider may know of a later authentication for another client. They prove nothing for
     * this session, which keeps its own.
     *
     * @throws InvalidResponseException with the {@link Reason} of the first rule that is broken
     */
    public IdToken validateRefreshed(Secret token, Refreshed expected) {
        var signed = decryption.content(token);
        var jwt = SignedJwt.parse(signed, expected.algorithms(), JoseHeader.JWT);
        var claims = new TokenClaims(jwt.claims());
        var before = new TokenClaims(SignedJwt.payloadOf(expected.previous()));
        var times = new TokenTimes(claims, clock.instant(), clockSkew);

        claims.requireIssuer(expected.issuer());
        requireSameSubject(claims, before);
        times.requireRecent(); // iat: of the new token
        claims.requireAudience(expected.clientId(), expected.otherAudiences());
        requireSameAudience(claims, before);
        requireAuthorizedParty(claims, expected.clientId());
        requireSameAuthorizedParty(claims, before);
        requireSameNonce(claims, before);
        times.requireNotExpired();
        times.requireAuthenticated(Optional.empty());
        times.requireStarted();
        requireNoEvents(claims);
        requireSameSid(claims, before);
        verifier.verifySignature(jwt);
        requireAccessTokenHash(claims, jwt.algorithm(), Optional.of(expected.accessToken()));

        return new IdToken(signed, jwt.claims());
    }

    private static void requireSameSubject(TokenClaims claims, TokenClaims before) {
        require(
                claims.requiredSubject().equals(before.requiredSubject()),
                Reason.TOKEN_SUBJECT,
                () -> "the token of a refresh is about somebody else");
    }

    private static void requireSameAudience(TokenClaims claims, TokenClaims before) {
        require(
                claims.audience().containsAll(before.audience()),
                Reason.TOKEN_AUDIENCE,
                () -> "the token of a refresh is for fewer than that of the login");
    }

    private static void requireSameAuthorizedParty(TokenClaims claims, TokenClaims before) {
        require(
                claims.authorizedParty().equals(before.authorizedParty()),
                Reason.TOKEN_AUTHORIZED_PARTY,
                () -> "azp is not that of the login");
    }

    /** None is best; another one belongs to another login. */
    private static void requireSameNonce(TokenClaims claims, TokenClaims before) {
        var nonce = claims.nonce();
        require(
                nonce.isEmpty() || nonce.equals(before.nonce()),
                Reason.TOKEN_NONCE,
                () -> "nonce is not that of the login");
    }

    /** Not in the specification: logout tokens would miss a session whose name has changed. */
    private static void requireSameSid(TokenClaims claims, TokenClaims before) {
        var sid = claims.sid();
        require(
                sid.isEmpty() || before.sid().isEmpty() || sid.equals(before.sid()),
                Reason.TOKEN_SID,
                () -> "sid is not that of the login");
    }

    private static void requireAuthorizedParty(TokenClaims claims, String clientId) {
        var azp = claims.authorizedParty();
        require(
                azp.isPresent() || claims.audience().size() <= 1,
                Reason.TOKEN_AUTHORIZED_PARTY,
                () -> "azp is missing although there are several audiences");
        require(
                azp.isEmpty() || azp.get().equals(clientId),
                Reason.TOKEN_AUTHORIZED_PARTY,
                () -> "expected azp to be " + clientId + ", got another client");
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
}
