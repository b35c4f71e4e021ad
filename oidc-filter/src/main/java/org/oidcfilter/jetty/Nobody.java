// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import java.io.IOException;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.IdentityService.Association;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.servlet.ServletRelyingParty;

/** The state of a request that nobody in particular makes: the application may still ask for a login. */
record Nobody(JettyExchange exchange) implements AuthenticationState.Deferred {

    /** It has been looked into. */
    @Override
    public @Nullable Succeeded authenticate(Request request) {
        return null;
    }

    @Override
    public AuthenticationState authenticate(Request request, Response response, Callback callback) {
        try {
            var state = exchange.challenged(response, callback);
            if (state instanceof Succeeded) {
                AuthenticationState.setAuthenticationState(request, state);
            }
            return state;
        } catch (IOException e) {
            throw Thrown.as(e);
        }
    }

    /** Not supported: names and passwords belong to the provider. */
    @Override
    public Succeeded login(String username, Object password, Request request, Response response) {
        throw new UnsupportedOperationException(ServletRelyingParty.NO_PASSWORDS);
    }

    @Override
    public void logout(Request request, Response response) {
        exchange.logout();
    }

    @Override
    public @Nullable Association getAssociation() {
        return null;
    }
}
