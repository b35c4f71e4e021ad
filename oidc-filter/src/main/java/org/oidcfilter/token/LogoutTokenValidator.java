// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.oidcfilter.token.TokenClaims.require;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Printable;

/**
 * Decides whether to believe a logout token: OpenID Connect Back-Channel Logout 1.0, section 2.6, rule by rule. Numbers in
 * parentheses are those of that section. Anybody can send one, so everything that needs no key is looked at first.
 */
public final class LogoutTokenValidator {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int MAX_JTI_LENGTH = 255;

    private final JwtVerifier verifier;
    private final Decryption decryption;
    private final Clock clock;
    private final Duration clockSkew;

    /**
     * What the token has to say.
     *
     * @param issuer the issuer identifier
     * @param clientId this client
     * @param otherAudiences whom the token may be for besides
     * @param algorithms the acceptable signature algorithms: those of ID tokens
     */
    public record Expected(String issuer, String clientId, Set<String> otherAudiences, Set<String> algorithms) {
        public Expected {
            otherAudiences = Set.copyOf(otherAudiences);
            algorithms = Set.copyOf(algorithms);
        }
    }

    /**
     * @param keys those of the provider
     * @param decryption what encrypted tokens are opened with: as for ID tokens
     * @param clockSkew by how much the provider's clock may differ from {@code clock}
     */
    public LogoutTokenValidator(VerificationKeys keys, Decryption decryption, Clock clock, Duration clockSkew) {
        this.verifier = new JwtVerifier(keys);
        this.decryption = decryption;
        this.clock = clock;
        this.clockSkew = clockSkew;
    }

    /**
     * The token, verified. Whether it was here before is for the caller to remember (8).
     *
     * @throws InvalidResponseException with the {@link Reason} of the first rule that is broken
     */
    public LogoutToken validate(Secret token, Expected expected) {
        var signed = decryption.content(token); // (1)
        var jwt = SignedJwt.parse(signed, expected.algorithms(), JoseHeader.LOGOUT_TOKEN); // (3), section 2.4 typ
        var claims = new TokenClaims(jwt.claims());
        var times = new TokenTimes(claims, clock.instant(), clockSkew);

        claims.requireIssuer(expected.issuer()); // (4) iss
        claims.requireAudience(expected.clientId(), expected.otherAudiences()); // (4) aud
        times.requireRecent(); // (4) iat
        times.requireNotExpired(); // (4) exp
        times.requireStarted(); // RFC 7519 section 4.1.5
        requireSubjectOrSid(claims); // (5)
        requireLogoutEvent(claims); // (6)
        requireNoNonce(claims); // (7)
        requireJti(claims); // section 2.4
        verifier.verifySignature(jwt); // (2)

        return new LogoutToken(
                claims.subject(),
                claims.sid(),
                claims.requiredString("jti", Reason.LOGOUT_TOKEN_JTI),
                times.acceptableUntil());
    }

    private static void requireSubjectOrSid(TokenClaims claims) {
        require(
                claims.subject().isPresent() || claims.sid().isPresent(),
                Reason.LOGOUT_TOKEN_TARGET,
                () -> "expected sub or sid, got neither");
    }

    private static void requireLogoutEvent(TokenClaims claims) {
        require(
                claims.member("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>,
                Reason.LOGOUT_TOKEN_EVENT,
                () -> "expected events to be an object with the object " + EVENT);
    }

    private static void requireNoNonce(TokenClaims claims) {
        require(!claims.has("nonce"), Reason.LOGOUT_TOKEN_NONCE, () -> "a nonce is for ID tokens");
    }

    private static void requireJti(TokenClaims claims) {
        var jti = claims.requiredString("jti", Reason.LOGOUT_TOKEN_JTI);
        require(
                !jti.isBlank() && jti.length() <= MAX_JTI_LENGTH && Printable.isPrintableAscii(jti),
                Reason.LOGOUT_TOKEN_JTI,
                () -> "jti is not 1 to " + MAX_JTI_LENGTH + " printable ASCII characters");
    }
}
