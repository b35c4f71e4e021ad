// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.oidcfilter.OidcException;
import org.oidcfilter.servlet.ServletRelyingParty;

/** The request as the application sees it. Who the caller is and which roles they have, Tomcat itself says. */
final class ContainerRequest extends HttpServletRequestWrapper {
    ContainerRequest(HttpServletRequest request) {
        super(request);
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
