// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.Constraint.Authorization;
import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.ServerAuthException;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.servlet.ServletRelyingParty;

/**
 * Tells Jetty who makes a request. Every request is seen, also where nothing is constrained: our own paths are answered
 * without a servlet, and pages that are open know who looks at them. Jetty keeps nothing of a caller between requests.
 */
final class OidcAuthenticator extends LoginAuthenticator {
    static final String TYPE = "OIDC";

    /** Whether the request is to something open: Jetty asks its two questions one right after the other. */
    private static final ThreadLocal<Boolean> UNCONSTRAINED = new ThreadLocal<>();

    private final ServletEnvironment environment;
    private volatile @Nullable ServletRelyingParty relyingParty;

    OidcAuthenticator(ServletEnvironment environment) {
        this.environment = environment;
        setLoginService(new EmptyLoginService()); // Jetty wants one; nobody logs in there
    }

    /** From now on there is somebody to ask. */
    void begin(ServletRelyingParty started) {
        relyingParty = started;
    }

    /** The application has stopped. Threads of the JDK's HTTP client keep its class loader until nothing keeps the client. */
    void end() {
        var party = relyingParty;
        relyingParty = null;
        if (party != null) {
            party.close();
        }
    }

    @Override
    public String getAuthenticationType() {
        return TYPE;
    }

    /** Nothing is left unseen. Jetty itself compares the caller with the constraint, as it was before. */
    @Override
    public Authorization getConstraintAuthentication(
            String path, @Nullable Authorization existing, Function<Boolean, Session> session) {
        UNCONSTRAINED.set(existing == null || existing == Authorization.ALLOWED || existing == Authorization.INHERIT);
        return Authorization.ANY_USER;
    }

    @Override
    public @Nullable AuthenticationState validateRequest(Request request, Response response, Callback callback)
            throws ServerAuthException {
        var open = UNCONSTRAINED.get();
        UNCONSTRAINED.remove();
        var party = Objects.requireNonNull(relyingParty, "the application has not started");
        try {
            return open == null
                    ? lookedAtLater(party, request, response, callback)
                    : new JettyExchange(party, environment, request)
                            .decide(open ? Demand.OPEN : Demand.REQUIRED, response, callback);
        } catch (IOException e) {
            throw new ServerAuthException("a request to the OIDC endpoints cannot be read", e);
        }
    }

    /**
     * Jetty shows the error page of a request that it refuses with this authenticator's own deferred state, which all
     * requests share.
     */
    private @Nullable AuthenticationState lookedAtLater(
            ServletRelyingParty party, Request request, Response response, Callback callback) throws IOException {
        var exchange = new JettyExchange(party, environment, request);
        try {
            return AuthenticationState.Deferred.isDeferred(response)
                    ? exchange.looked()
                    : exchange.challenged(response, callback);
        } finally {
            exchange.close();
        }
    }
}
