// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.Claims;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.provider.ApiClient;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.token.IdToken;

/** The caller of a session. Claims are parsed when somebody asks for them. */
final class SessionCaller implements CallerSession {
    private final OidcSession session;
    private final ExistingSession existing;
    private final Came came;
    private final Services services;
    private @Nullable Claims claims;

    /**
     * What a caller can have done for them.
     *
     * @param refreshAhead how long before their end tokens are renewed
     */
    record Services(
            AccessTokens accessTokens,
            ApiClient apiClient,
            Provider provider,
            Duration refreshAhead,
            LoginRules loginRules) {}

    /**
     * How the caller came.
     *
     * @param handle where the session is
     * @param origin the application's, as browsers see it
     * @param path what was asked for, below the context path
     */
    record Came(SessionHandle handle, String origin, String path) {}

    SessionCaller(OidcSession session, ExistingSession existing, Came came, Services services) {
        this.session = session;
        this.existing = existing;
        this.came = came;
        this.services = services;
    }

    OidcSession session() {
        return session;
    }

    @Override
    public boolean meets(LoginRequirement login) {
        try {
            return services.loginRules().satisfied(session, came.path(), Optional.of(login));
        } catch (InvalidResponseException e) {
            return false; // nobody can; whoever demands the login says why
        }
    }

    @Override
    public String getName() {
        return session.identity().name();
    }

    @Override
    public String issuer() {
        return session.identity().issuer();
    }

    @Override
    public String subject() {
        return session.identity().subject();
    }

    @Override
    public Set<String> roles() {
        return session.identity().roles();
    }

    @Override
    public Claims claims() {
        var known = claims;
        if (known == null) {
            known = parsed();
            claims = known;
        }
        return known;
    }

    @Override
    public Instant sessionExpiresAt() {
        return existing.expiry(session);
    }

    @Override
    public Secret accessToken() {
        return services.accessTokens().of(came.handle(), session);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return services.apiClient().send(request, this::accessToken, handler);
    }

    @Override
    public Optional<CallerSession> now() {
        try {
            return existing.fresh(came.handle(), session)
                    .map(stored -> stored == session ? this : new SessionCaller(stored, existing, came, services));
        } catch (SharedStateException e) {
            return Optional.empty(); // it may have ended
        } catch (InvalidResponseException e) {
            return Optional.empty(); // its new tokens cannot be kept
        }
    }

    @Override
    public OidcSession.Tokens tokens() {
        return session.tokens();
    }

    @Override
    public Optional<String> cameFor() {
        return session.authentication().cameFor().map(page -> came.origin() + page);
    }

    @Override
    public Duration refreshAhead() {
        return services.refreshAhead();
    }

    @Override
    public ProviderMetadata providerMetadata() {
        return services.provider().converse().metadata();
    }

    /** Identity is issuer and subject, nothing else. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Caller caller
                && caller.issuer().equals(issuer())
                && caller.subject().equals(subject());
    }

    @Override
    public int hashCode() {
        return 31 * issuer().hashCode() + subject().hashCode();
    }

    /** Nothing of the caller: principals end up in logs. */
    @Override
    public String toString() {
        return "Caller";
    }

    private Claims parsed() {
        var tokens = session.tokens();
        var userInfo = tokens.userInfo().map(json -> Json.parse(json.reveal())).orElse(Map.of());
        return SessionClaims.of(IdToken.claimsOf(tokens.idToken()), userInfo);
    }
}
