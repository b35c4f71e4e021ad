// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.ContainerSecurity;

/** The relying party lives as long as the application: Jetty has read its descriptors when it starts. */
record JettyEdge(ContextHandler application, SecurityHandler security, Factory factory)
        implements ServletContextListener, ServletRequestListener {

    /**
     * Gives Jetty the authenticator in place of one that {@code <login-config>} names: such an element discards an authenticator of
     * another name.
     */
    record Factory(OidcAuthenticator authenticator) implements Authenticator.Factory {
        @Override
        public Authenticator getAuthenticator(
                Server server, Context context, Authenticator.Configuration configuration) {
            return authenticator;
        }
    }

    /**
     * Reads the configuration. Does not talk to the provider.
     *
     * @throws ConfigurationException with all problems, if there are any; the application does not start then
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (!isAsked()) {
            throw new ConfigurationException(
                    List.of("Jetty asks somebody else who somebody is: another security handler or"
                            + " authenticator has been set since JettySecurity.install was called, or the application was stopped;"
                            + " call it last, before each start"));
        }
        factory.authenticator()
                .begin(ContainerSecurity.start(
                        event.getServletContext(),
                        "jetty",
                        "<security-constraint>, @ServletSecurity, and @RolesAllowed on servlets"));
    }

    /** Jetty takes from the factory what it has not got when the security handler starts, which may be later. */
    private boolean isAsked() {
        var present = security.getAuthenticator();
        return application.getDescendant(SecurityHandler.class) == security
                && (present == factory.authenticator()
                        || (present == null && security.getAuthenticatorFactory() == factory));
    }

    /** Timers of Jetty's sessions keep the security handler for longer. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        factory.authenticator().end();
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
