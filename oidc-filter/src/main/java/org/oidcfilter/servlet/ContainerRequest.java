// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcException;

/** The request as the application sees it. Who the caller is and which roles they have, the container itself says. */
public final class ContainerRequest extends HttpServletRequestWrapper {
    private ContainerRequest(HttpServletRequest request) {
        super(request);
    }

    /** The request as the application is to see it. */
    public static HttpServletRequest of(HttpServletRequest request) {
        return request instanceof ContainerRequest ? request : new ContainerRequest(request);
    }

    /** Containers name the way by which they ask us. */
    @Override
    public @Nullable String getAuthType() {
        return getUserPrincipal() == null ? null : "OIDC";
    }

    /** Not supported, lest somebody comes in by a name and password of the server's own: those belong to the provider. */
    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException(ServletRelyingParty.NO_PASSWORDS);
    }

    /** Ends the session of this application; the provider's own session goes on. */
    @Override
    public void logout() throws ServletException {
        try {
            super.logout();
        } catch (OidcException e) {
            throw new ServletException("the session cannot be ended now", e);
        }
    }
}
