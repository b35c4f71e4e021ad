// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.json.JsonObject;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.AccessToken;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdClaims;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.security.enterprise.identitystore.openid.RefreshToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.rp.CallerSession;

/**
 * The context of the caller of the current request (Jakarta Security 3.0 section 2.4.4). It keeps nothing: each call looks at the
 * session as it is then, renews its tokens if it is time to, and finds nobody once the session has ended.
 *
 * <p>While nobody is logged in there is no subject, token or claim: {@code null}, or empty. An alternative, because servers
 * bring a context of their own, which would know nothing of our sessions.
 */
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@Typed(OpenIdContext.class)
public class CurrentOpenIdContext implements OpenIdContext {
    private static final long serialVersionUID = 1L;
    private static final String BEARER = "Bearer";

    private final transient @Nullable HttpServletRequest request;
    private final transient Clock clock;

    /** For the container's proxies. */
    public CurrentOpenIdContext() {
        this(null, Clock.systemUTC());
    }

    /** For the container. */
    @Inject
    public CurrentOpenIdContext(HttpServletRequest request) {
        this(request, Clock.systemUTC());
    }

    CurrentOpenIdContext(@Nullable HttpServletRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    @Override
    public @Nullable String getSubject() {
        return caller().map(Caller::subject).orElse(null);
    }

    @Override
    public @Nullable String getTokenType() {
        return tokens().flatMap(SessionTokens::access).map(token -> BEARER).orElse(null);
    }

    @Override
    public @Nullable AccessToken getAccessToken() {
        return tokens().flatMap(SessionTokens::access).orElse(null);
    }

    @Override
    public @Nullable IdentityToken getIdentityToken() {
        return tokens().map(SessionTokens::identity).orElse(null);
    }

    @Override
    public Optional<RefreshToken> getRefreshToken() {
        return tokens().flatMap(SessionTokens::refresh);
    }

    /** In seconds, from when the token came. */
    @Override
    public Optional<Long> getExpiresIn() {
        return tokens().flatMap(SessionTokens::lifetime);
    }

    /** All claims, those of the ID token included. */
    @Override
    public JsonObject getClaimsJson() {
        return Documents.of(claims());
    }

    /** All claims, those of the ID token included. */
    @Override
    public OpenIdClaims getClaims() {
        return new UserClaims(claims());
    }

    /** The discovery document, but with the addresses that count; empty while nobody is logged in. */
    @Override
    public JsonObject getProviderMetadata() {
        return Documents.of(
                caller().map(known -> known.providerMetadata().asMap()).orElse(Map.of()));
    }

    /**
     * {@link OpenIdConstant#ORIGINAL_REQUEST}: the address of the page that the login was for, where it led to another one. What
     * else a login is remembered by ends with it.
     */
    @Override
    @SuppressWarnings("unchecked") // by the contract it is for the caller to know the type
    public <T> Optional<T> getStoredValue(HttpServletRequest current, HttpServletResponse response, String key) {
        return key.equals(OpenIdConstant.ORIGINAL_REQUEST)
                ? caller().flatMap(CallerSession::cameFor).map(page -> (T) page)
                : Optional.empty();
    }

    private Map<String, Object> claims() {
        return caller().map(known -> known.claims().asMap()).orElse(Map.of());
    }

    private Optional<SessionTokens> tokens() {
        return caller().map(known -> SessionTokens.of(known, clock));
    }

    private Optional<CallerSession> caller() {
        var known = request;
        return known != null && known.getAttribute(Caller.ATTRIBUTE) instanceof CallerSession caller
                ? caller.now()
                : Optional.empty();
    }
}
