// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.security.Principal;
import java.util.function.Function;
import javax.security.auth.Subject;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.Constraint.Authorization;
import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.util.Callback;

/** The least that Jetty's own security can be given: whoever has a session is somebody. */
final class LeastAuthenticator extends LoginAuthenticator {
    /** Who it is. */
    record Somebody() implements Principal {
        @Override
        public String getName() {
            return "somebody";
        }
    }

    private static final Subject SUBJECT = new Subject();
    private static final UserIdentity SOMEBODY = UserIdentity.from(SUBJECT, new Somebody(), "user");

    LeastAuthenticator() {
        setLoginService(new EmptyLoginService());
    }

    @Override
    public String getAuthenticationType() {
        return "LEAST";
    }

    @Override
    public Authorization getConstraintAuthentication(
            String path, Authorization existing, Function<Boolean, Session> session) {
        return Authorization.ANY_USER;
    }

    @Override
    public AuthenticationState validateRequest(Request request, Response response, Callback callback) {
        if (!request.getHttpURI().getPath().endsWith("/session") && request.getSession(false) == null) {
            return new Nobody();
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().add(HttpHeader.VARY, "Cookie");
        return new UserAuthenticationSucceeded(getAuthenticationType(), SOMEBODY);
    }

    /** Nobody, without another look. */
    private static final class Nobody implements AuthenticationState {}
}
