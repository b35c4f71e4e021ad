// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.microprofile.config.ConfigProvider;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.servlet.ServletRelyingParty;

/** The relying party lives as long as the application: Jetty has read its descriptors then, and forgets this afterwards. */
record Life(SecurityHandler security, OidcAuthenticator authenticator)
        implements ServletContextListener, ServletRequestListener {
    private static final String RULES =
            "enforced by Jetty: <security-constraint> and @ServletSecurity; what they leave open is"
                    + " public, but for @RolesAllowed on servlets";

    /**
     * Reads the configuration. Does not talk to the provider.
     *
     * @throws ConfigurationException with all problems, if there are any; the application does not start then
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        authenticator.begin(started(event.getServletContext()));
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
        if (event.getServletRequest().getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange) {
            exchange.open();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange) {
            exchange.close();
        }
    }

    private static ServletRelyingParty started(ServletContext context) {
        var config = OidcConfig.load(ConfigProvider.getConfig(), Map.of());
        if (!config.access().container()) {
            throw new ConfigurationException(List.of(
                    "WEB-INF/jetty-web.xml hands Jetty's security to JettySecurity, but oidc.container-security is not"
                            + " true: set it, or remove the call and map the filter"));
        }
        return ServletRelyingParty.start(
                context, config, introduction -> introduction.text("OIDC in Jetty's security", RULES));
    }
}
