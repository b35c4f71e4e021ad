// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.OidcException;

/** The request as the application sees it: with the caller, or with nobody. */
final class CallerRequest extends HttpServletRequestWrapper {
    private final Authentication authentication;
    private @Nullable Caller caller;

    /** What the filter does when the application asks. */
    interface Authentication {
        /** Asks for a login unless somebody is logged in; the response is committed if this returns null. */
        @Nullable
        Caller authenticate(HttpServletRequest request, HttpServletResponse response) throws IOException;

        /** Ends the session here. */
        void logout(HttpServletRequest request);
    }

    CallerRequest(HttpServletRequest request, @Nullable Caller caller, Authentication authentication) {
        super(request);
        this.caller = caller;
        this.authentication = authentication;
    }

    /** Whoever is found to be logged in is the caller from now on. */
    void become(@Nullable Caller found) {
        caller = found;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public @Nullable String getRemoteUser() {
        var current = caller;
        return current == null ? null : current.getName();
    }

    @Override
    public @Nullable String getAuthType() {
        return caller == null ? null : "OIDC";
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        var current = caller;
        return current != null && role != null && ServletRelyingParty.isInRole(current, role);
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        if (caller == null) {
            caller = authentication.authenticate((HttpServletRequest) getRequest(), response);
        }
        return caller != null;
    }

    /** Not supported: names and passwords belong to the provider. */
    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException(ServletRelyingParty.NO_PASSWORDS);
    }

    /** Ends the session of this application; the provider's own session goes on. */
    @Override
    public void logout() throws ServletException {
        try {
            authentication.logout((HttpServletRequest) getRequest());
        } catch (OidcException e) {
            throw new ServletException("the session cannot be ended now", e);
        }
        caller = null;
    }
}
