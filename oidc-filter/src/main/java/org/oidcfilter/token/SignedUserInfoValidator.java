// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/** Decides whether to believe a UserInfo response that came as a signed JWT (OpenID Connect Core 5.3.2). */
public final class SignedUserInfoValidator {
    private final JwtVerifier verifier;
    private final Clock clock;
    private final Duration clockSkew;

    /**
     * Whose answer it has to be.
     *
     * @param issuer the issuer identifier
     * @param clientId this client
     * @param algorithms the acceptable signature algorithms
     */
    public record Expected(String issuer, String clientId, Set<String> algorithms) {
        public Expected {
            algorithms = Set.copyOf(algorithms);
        }
    }

    /** @param clockSkew by how much the provider's clock may differ from {@code clock} */
    public SignedUserInfoValidator(VerificationKeys keys, Clock clock, Duration clockSkew) {
        this.verifier = new JwtVerifier(keys);
        this.clock = clock;
        this.clockSkew = clockSkew;
    }

    /**
     * The claims as JSON. Whom they are about is for the caller to compare.
     *
     * @throws InvalidResponseException with the {@link Reason} of the first rule that is broken
     */
    public String validate(Secret token, Expected expected) {
        var jwt = SignedJwt.parse(token, expected.algorithms());
        var claims = new TokenClaims(jwt.claims());
        if (claims.has("iss")) { // only a SHOULD, as is aud
            claims.requireIssuer(expected.issuer());
        }
        if (claims.has("aud")) {
            claims.requireAudience(expected.clientId());
        }
        requireNotExpired(claims);
        verifier.verifySignature(jwt);
        return Json.write(jwt.claims().members());
    }

    private void requireNotExpired(TokenClaims claims) {
        var exp = claims.date("exp", Reason.TOKEN_EXPIRED);
        var now = clock.instant();
        TokenClaims.require(
                exp.isEmpty() || now.isBefore(exp.get().plus(clockSkew)),
                Reason.TOKEN_EXPIRED,
                () -> "expired at " + exp.orElseThrow() + " (our clock: " + now + ")");
    }
}
