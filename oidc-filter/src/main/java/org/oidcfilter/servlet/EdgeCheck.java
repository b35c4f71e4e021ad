// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;
import java.util.Locale;
import org.oidcfilter.ConfigurationException;

/**
 * Where the application asks for container security and no edge of ours is a part of the container, its constraints would
 * refuse everybody, and what only servlets declare would be open: it does not start.
 */
final class EdgeCheck implements ServletContextListener, ServletRequestListener {
    private volatile boolean asked;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        asked = ContainerSecurity.isAskedFor(context);
        if (asked && !ContainerSecurity.isThere(context)) {
            throw new ConfigurationException(
                    List.of("oidc.container-security needs a part of the container that asks us, and on "
                            + context.getServerInfo() + " nothing does: " + remedy(context)));
        }
    }

    /** Not every request comes back to the edge: containers refuse some by themselves. */
    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (asked) {
            ContainerExchange.end(event.getServletRequest());
        }
    }

    private static String remedy(ServletContext context) {
        var server = context.getServerInfo().toLowerCase(Locale.ROOT);
        if (server.contains("jetty")) {
            return "add WEB-INF/jetty-web.xml with the lines of our guide to Jetty";
        }
        if (server.contains("wildfly") || server.contains("jboss") || server.contains("undertow")) {
            return "add the library oidc-cdi to WEB-INF/lib of the application, and set the property where it is"
                    + " known before the application's listeners run";
        }
        if (server.contains("tomcat")) {
            return "have its initializer called, which an <absolute-ordering> in web.xml without <others/> or"
                    + " <name>org.oidcfilter</name>, or containerSciFilter, leaves out";
        }
        return "map the filter " + OidcFilter.class.getName()
                + " instead, and say by oidc.public-paths, oidc.path-rules"
                + " and @RolesAllowed what the constraints say";
    }
}
