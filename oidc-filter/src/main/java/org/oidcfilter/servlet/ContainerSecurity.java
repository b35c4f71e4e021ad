// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.ConfigProvider;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.OidcConfig;

/**
 * {@code oidc.container-security}: the container says who may do what, and an edge of ours that is part of the container says
 * who somebody is. Where there is none the constraints of the application would refuse everybody, so it does not start.
 */
public final class ContainerSecurity implements ServletContextListener, ServletRequestListener {
    /** The attribute of the servlet context by which an edge says that it is there; its value says what it is. */
    public static final String EDGE = "org.oidcfilter.container-security";

    ContainerSecurity() {}

    /** Looks whether there is an edge once all other listeners have been called, and keeps what is personal from caches. */
    public static void listenTo(ServletContext context) {
        context.addListener(new ContainerSecurity());
        var filter = context.addFilter("OIDC: error pages", new PersonalErrorPages());
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.ERROR), false, "/*");
        }
    }

    /** Whether the application asks for it. One without MicroProfile Config asks for nothing. */
    public static boolean isAskedFor() {
        try {
            return OidcConfig.asksForContainerSecurity(ConfigProvider.getConfig());
        } catch (IllegalStateException | LinkageError e) {
            return false;
        }
    }

    /**
     * An edge is there.
     *
     * @param edge what it is
     * @throws ConfigurationException if there is another one: an application has one
     */
    public static void announce(ServletContext context, String edge) {
        var other = context.getAttribute(EDGE);
        if (other != null && !other.equals(edge)) {
            throw new ConfigurationException(List.of("oidc.container-security is asked about twice, by " + other
                    + " and by " + edge + ": remove oidc-cdi from the application, which is for WildFly"));
        }
        context.setAttribute(EDGE, edge);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        if (context.getAttribute(EDGE) == null) {
            throw new ConfigurationException(
                    List.of("oidc.container-security needs a part of the container that asks us, and on "
                            + context.getServerInfo() + " nothing does: " + remedy(context)));
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        ContainerExchange.end(event.getServletRequest());
    }

    private static String remedy(ServletContext context) {
        var server = context.getServerInfo().toLowerCase(Locale.ROOT);
        if (server.contains("jetty")) {
            return "add WEB-INF/jetty-web.xml with the lines of our guide to Jetty";
        }
        if (server.contains("wildfly") || server.contains("jboss") || server.contains("undertow")) {
            return "add the library oidc-cdi";
        }
        return "map the filter " + OidcFilter.class.getName()
                + " instead, and say by oidc.public-paths, oidc.path-rules"
                + " and @RolesAllowed what the constraints say";
    }
}
