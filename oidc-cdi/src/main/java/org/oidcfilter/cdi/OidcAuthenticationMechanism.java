// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.ContainerExchange;
import org.oidcfilter.servlet.ContainerRequest;
import org.oidcfilter.servlet.ContainerSecurity;
import org.oidcfilter.servlet.ServletRelyingParty;

/**
 * The relying party as Jakarta Security asks it (Jakarta Security 3.0 section 2.2): the container's constraints decide, and
 * beans, EJBs and {@code SecurityContext} know the caller. A bean only where {@code oidc.container-security} is set; otherwise the
 * filter decides.
 */
public class OidcAuthenticationMechanism implements HttpAuthenticationMechanism {
    private @Nullable ServletRelyingParty relyingParty;

    /** For the container. */
    public OidcAuthenticationMechanism() {}

    /**
     * Reads the configuration. Does not talk to the provider.
     *
     * @throws ConfigurationException with all problems, if there are any
     */
    void start(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
        var server = new WildFlySecurity(context);
        if (!server.isThere()) {
            return; // another edge is to be there
        }
        if (relyingParty != null) {
            throw new ConfigurationException(
                    List.of("oidc-cdi would decide for several web applications at once: put it, and"
                            + " oidc-filter, into WEB-INF/lib of each instead of a folder that they share"));
        }
        server.refuseLookUps();
        relyingParty = ContainerSecurity.start(
                context, "cdi", "<security-constraint>, @ServletSecurity, and @RolesAllowed on servlets and EJBs");
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext message)
            throws AuthenticationException {
        try {
            var decision = exchange(request, response).decide(message.isProtected());
            if (decision.answered()) {
                finish(response);
                return AuthenticationStatus.SEND_CONTINUE;
            }
            message.withRequest(ContainerRequest.of(request));
            return decision.caller()
                    .map(caller -> message.notifyContainerAboutLogin(caller, caller.roles()))
                    .orElseGet(message::doNothing);
        } catch (IOException e) {
            throw new AuthenticationException("the request cannot be looked at", e);
        }
    }

    /** WildFly writes a page of its own where an error has no end yet, or logs that it cannot. */
    private static void finish(HttpServletResponse response) throws IOException {
        response.flushBuffer();
        if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            response.getOutputStream().close();
        }
    }

    private ContainerExchange exchange(HttpServletRequest request, HttpServletResponse response) {
        return new ContainerExchange(
                Objects.requireNonNull(relyingParty, "the application has not started"), request, response);
    }

    @Override
    public AuthenticationStatus secureResponse(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext message) {
        exchange(request, response).answered();
        return AuthenticationStatus.SUCCESS;
    }

    /** The application calls {@code request.logout}. */
    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext message) {
        exchange(request, response).logout();
        message.cleanClientSubject();
    }

    @PreDestroy
    void close() {
        var party = relyingParty;
        if (party != null) {
            party.close();
        }
    }
}
