// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
     * @param otherAudiences whom the answer may be for besides
     * @param algorithms the acceptable signature algorithms
     * @param signed whether an answer without signature is refused, and a signed one that does not name issuer and audience
     */
    public record Expected(
            String issuer, String clientId, Set<String> otherAudiences, Set<String> algorithms, boolean signed) {
        public Expected {
            otherAudiences = Set.copyOf(otherAudiences);
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
        if (expected.signed()
                || claims.has("iss")) { // only a SHOULD, as is aud: who insists on more insists on all of it
            claims.requireIssuer(expected.issuer());
        }
        if (expected.signed() || claims.has("aud")) {
            claims.requireAudience(expected.clientId(), expected.otherAudiences());
        }
        var now = clock.instant();
        requireNotExpired(claims, now);
        requireNotFuture(claims, now);
        verifier.verifySignature(jwt);
        return Json.write(jwt.claims().members());
    }

    private void requireNotExpired(TokenClaims claims, Instant now) {
        var exp = claims.date("exp", Reason.TOKEN_EXPIRED);
        TokenClaims.require(
                exp.isEmpty() || now.isBefore(exp.get().plus(clockSkew)),
                Reason.TOKEN_EXPIRED,
                () -> "expired at " + exp.orElseThrow() + clock(now));
    }

    /** RFC 7519 sections 4.1.5 and 4.1.6. How old it may be is for {@code exp} to say: some providers keep what they signed. */
    private void requireNotFuture(TokenClaims claims, Instant now) {
        var latest = now.plus(clockSkew);
        var nbf = claims.date("nbf", Reason.TOKEN_NOT_BEFORE);
        TokenClaims.require(
                nbf.isEmpty() || !nbf.get().isAfter(latest),
                Reason.TOKEN_NOT_BEFORE,
                () -> "valid only from " + nbf.orElseThrow() + clock(now));
        var iat = claims.date("iat", Reason.TOKEN_ISSUED_AT);
        TokenClaims.require(
                iat.isEmpty() || !iat.get().isAfter(latest),
                Reason.TOKEN_ISSUED_AT,
                () -> "issued in the future, at " + iat.orElseThrow() + clock(now));
    }

    private static String clock(Instant now) {
        return " (our clock: " + now + ")";
    }
}
