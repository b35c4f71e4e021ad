// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import org.eclipse.jetty.security.SecurityHandler;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.ContainerSecurity;

/** The relying party lives as long as the application: Jetty has read its descriptors then, and forgets this afterwards. */
record JettyEdge(SecurityHandler security, OidcAuthenticator authenticator)
        implements ServletContextListener, ServletRequestListener {

    /**
     * Reads the configuration. Does not talk to the provider.
     *
     * @throws ConfigurationException with all problems, if there are any; the application does not start then
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        authenticator.begin(ContainerSecurity.start(
                event.getServletContext(),
                "jetty",
                "<security-constraint>, @ServletSecurity, and @RolesAllowed on servlets"));
    }

    /** Timers of Jetty's sessions keep the security handler for longer. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        authenticator.end();
        security.setAuthenticator(null);
        security.setAuthenticatorFactory(null);
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(JettyExchange.ATTRIBUTE) instanceof JettyExchange exchange) {
            exchange.open();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(JettyExchange.ATTRIBUTE) instanceof JettyExchange exchange) {
            exchange.close();
        }
    }
}
