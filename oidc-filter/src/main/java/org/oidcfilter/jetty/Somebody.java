// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import java.security.Principal;
import java.util.Set;
import javax.security.auth.Subject;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.oidcfilter.Caller;
import org.oidcfilter.servlet.ServletRelyingParty;

/** The state of a request that a caller makes. It lasts as long as the request: no session keeps it. */
record Somebody(Identity identity) implements AuthenticationState.Succeeded {

    /** The caller in Jetty's terms. */
    record Identity(Caller caller, JettyExchange exchange) implements UserIdentity {
        @Override
        public Subject getSubject() {
            return new Subject(true, Set.of(caller), Set.of(), Set.of());
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return ServletRelyingParty.isInRole(caller, role);
        }

        /** Nothing of the caller: identities end up in logs. */
        @Override
        public String toString() {
            return "Identity";
        }
    }

    @Override
    public String getAuthenticationType() {
        return OidcAuthenticator.TYPE;
    }

    @Override
    public UserIdentity getUserIdentity() {
        return identity;
    }

    @Override
    public boolean isUserInRole(String role) {
        return identity.isUserInRole(role);
    }

    @Override
    public void logout(Request request, Response response) {
        identity.exchange().logout();
        AuthenticationState.setAuthenticationState(request, new Nobody(identity.exchange()));
    }
}
