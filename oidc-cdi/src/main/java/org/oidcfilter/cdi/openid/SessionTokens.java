// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.security.enterprise.identitystore.openid.AccessToken;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.JwtClaims;
import jakarta.security.enterprise.identitystore.openid.RefreshToken;
import jakarta.security.enterprise.identitystore.openid.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.rp.CallerSession;
import org.oidcfilter.token.IdToken;

/**
 * The tokens of a session as the contract shows them.
 *
 * @param held what the session holds
 * @param ahead how long before their end they count as expired
 */
record SessionTokens(OidcSession.Tokens held, Duration ahead, Clock clock) {
    static SessionTokens of(CallerSession caller, Clock clock) {
        return new SessionTokens(caller.tokens(), caller.refreshAhead(), clock);
    }

    /** Empty where sessions keep none ({@code oidc.session-tokens}). */
    Optional<AccessToken> access() {
        return held.accessToken().map(token -> new Access(this, token, TokenClaims.unverified(token.reveal())));
    }

    IdentityToken identity() {
        return new Identity(this, new TokenClaims(IdToken.claimsOf(held.idToken())));
    }

    Optional<RefreshToken> refresh() {
        return held.refreshToken().map(Refresh::new);
    }

    /** How long the access token was good for when it came, in seconds. */
    Optional<Long> lifetime() {
        return held.validity().accessTokenExpiresAt().flatMap(end -> held.grant()
                .receivedAt()
                .map(begin -> Duration.between(begin, end).toSeconds()));
    }

    /** A token that lives for seconds is not one that has expired from the beginning. */
    private boolean expired(Instant end, Optional<Instant> begin) {
        var half =
                begin.map(from -> Duration.between(from, end).dividedBy(2)).filter(life -> life.compareTo(ahead) < 0);
        return !clock.instant().isBefore(end.minus(half.orElse(ahead)));
    }

    /** Nothing of a token. */
    @Override
    public String toString() {
        return "SessionTokens";
    }

    /** @param claims what it says, if it is a JWT; nobody has verified that */
    private record Access(SessionTokens tokens, Secret token, Optional<TokenClaims> claims) implements AccessToken {
        @Override
        public String getToken() {
            return token.reveal();
        }

        @Override
        public boolean isJWT() {
            return claims.isPresent();
        }

        @Override
        public JwtClaims getJwtClaims() {
            return claims.isPresent() ? claims.get() : JwtClaims.NONE;
        }

        @Override
        public Map<String, Object> getClaims() {
            return claims.map(TokenClaims::asMap).orElse(Map.of());
        }

        @Override
        public @Nullable Object getClaim(String key) {
            return getClaims().get(key);
        }

        @Override
        public @Nullable Long getExpirationTime() {
            return tokens.lifetime().orElse(null);
        }

        /** By the end that the provider named, or else the token itself. */
        @Override
        public boolean isExpired() {
            return tokens.held()
                    .validity()
                    .accessTokenExpiresAt()
                    .or(getJwtClaims()::getExpirationTime)
                    .map(end -> tokens.expired(end, tokens.held().grant().receivedAt()))
                    .orElse(false);
        }

        /** Empty where the provider did not say. */
        @Override
        public Scope getScope() {
            return Scope.parse(tokens.held().grant().scope().orElse(""));
        }

        @Override
        public Type getType() {
            return Type.BEARER;
        }

        /** Nothing of it: tokens end up in logs. */
        @Override
        public String toString() {
            return "AccessToken";
        }
    }

    private record Identity(SessionTokens tokens, TokenClaims claims) implements IdentityToken {
        /** Null where sessions keep its claims only ({@code oidc.session-tokens}). */
        @Override
        public @Nullable String getToken() {
            var token = tokens.held().idToken();
            return IdToken.isSigned(token) ? token.reveal() : null;
        }

        @Override
        public JwtClaims getJwtClaims() {
            return claims;
        }

        @Override
        public boolean isExpired() {
            return tokens.expired(tokens.held().validity().idTokenExpiresAt(), claims.getIssuedAt());
        }

        @Override
        public Map<String, Object> getClaims() {
            return claims.asMap();
        }

        /** Nothing of it: tokens end up in logs. */
        @Override
        public String toString() {
            return "IdentityToken";
        }
    }

    private record Refresh(Secret token) implements RefreshToken {
        @Override
        public String getToken() {
            return token.reveal();
        }

        /** Nothing of it: tokens end up in logs. */
        @Override
        public String toString() {
            return "RefreshToken";
        }
    }
}
