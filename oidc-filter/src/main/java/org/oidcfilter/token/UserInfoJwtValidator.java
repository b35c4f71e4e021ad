// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/**
 * Decides whether to believe a UserInfo response that came as a JWT (OpenID Connect Core 5.3.2): signed, encrypted, or
 * signed and then encrypted. One that is encrypted only is worth no more than plain JSON.
 */
public final class UserInfoJwtValidator {
    private final JwtVerifier verifier;
    private final Decryption decryption;
    private final Clock clock;
    private final Duration clockSkew;

    /**
     * Whose answer it has to be.
     *
     * @param issuer the issuer identifier
     * @param clientId this client
     * @param algorithms the acceptable signature algorithms
     * @param signed whether an answer without signature is refused
     */
    public record Expected(String issuer, String clientId, Set<String> algorithms, boolean signed) {
        public Expected {
            algorithms = Set.copyOf(algorithms);
        }
    }

    /**
     * @param keys those of the provider
     * @param decryption what an encrypted answer is opened with
     * @param clockSkew by how much the provider's clock may differ from {@code clock}
     */
    public UserInfoJwtValidator(VerificationKeys keys, Decryption decryption, Clock clock, Duration clockSkew) {
        this.verifier = new JwtVerifier(keys);
        this.decryption = decryption;
        this.clock = clock;
        this.clockSkew = clockSkew;
    }

    /**
     * The claims as JSON. Whom they are about is for the caller to compare.
     *
     * @throws InvalidResponseException with the {@link Reason} of the first rule that is broken
     */
    public String validate(Secret token, Expected expected) {
        var content = decryption.content(token);
        if (!expected.signed() && !content.equals(token) && content.reveal().startsWith("{")) {
            return content.reveal(); // encrypted only
        }
        var jwt = SignedJwt.parse(content, expected.algorithms(), JoseHeader.JWT);
        var claims = new TokenClaims(jwt.claims());
        if (claims.has("iss")) { // only a SHOULD, as is aud
            claims.requireIssuer(expected.issuer());
        }
        if (claims.has("aud")) {
            claims.requireAudience(expected.clientId(), Set.of());
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
