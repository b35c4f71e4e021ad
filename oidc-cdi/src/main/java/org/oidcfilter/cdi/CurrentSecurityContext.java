// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.servlet.CurrentLogin;
import org.oidcfilter.servlet.ServletRelyingParty;

/**
 * The context of Jakarta Security (3.0 section 4) where no server has one, or where the filter decides and the server is never
 * told who the caller is.
 */
final class CurrentSecurityContext implements SecurityContext {
    private final HttpServletRequest request;

    /** @param request the current one, whichever that is */
    CurrentSecurityContext(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public @Nullable Principal getCallerPrincipal() {
        return caller().orElse(null);
    }

    @Override
    public <T extends Principal> Set<T> getPrincipalsByType(Class<T> type) {
        return caller().filter(type::isInstance).map(type::cast).map(Set::of).orElse(Set.of());
    }

    @Override
    public boolean isCallerInRole(String role) {
        return caller().map(known -> ServletRelyingParty.isInRole(known, role)).orElse(false);
    }

    /** The roles of the caller (since Jakarta Security 4.0). */
    public Set<String> getAllDeclaredCallerRoles() {
        return caller().map(Caller::roles).orElse(Set.of());
    }

    /**
     * Not supported: nobody but the server knows its constraints.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public boolean hasAccessToWebResource(String resource, String... methods) {
        throw new UnsupportedOperationException("hasAccessToWebResource is not supported on this server;"
                + " ask isCallerInRole for what the resource needs");
    }

    /**
     * Asks for a login, if nobody is logged in, or if the parameters ask for a new one: the session here ends then.
     */
    @Override
    public AuthenticationStatus authenticate(
            HttpServletRequest asking, HttpServletResponse response, AuthenticationParameters parameters) {
        try {
            if (parameters.isNewAuthentication() && caller().isPresent()) {
                CurrentLogin.logout(asking);
            }
            return CurrentLogin.require(asking, response, LoginRequirement.NONE)
                    ? AuthenticationStatus.SUCCESS
                    : AuthenticationStatus.SEND_CONTINUE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException("the session cannot be ended now", e);
        }
    }

    private Optional<Caller> caller() {
        return CurrentCaller.caller(request);
    }
}
