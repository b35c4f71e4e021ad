// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.oidcfilter.ConfigurationException;

/**
 * {@code oidc.container-security}: the container says who may do what, and an edge of ours that is part of the container says
 * who somebody is.
 */
public final class ContainerSecurity {
    /** The attribute of the servlet context by which an edge says that it is there; its value says what it is. */
    private static final String EDGE = "org.oidcfilter.container-security";

    /** The attribute of the servlet context that says that its initializer has been called; some containers can leave it out. */
    private static final String INITIALIZED = "org.oidcfilter.initialized";

    private ContainerSecurity() {}

    /** The application is being initialized: if its edge is not there in the end, that is noticed. */
    public static void initialized(ServletContext context) {
        context.setAttribute(INITIALIZED, true);
    }

    static boolean isInitialized(ServletContext context) {
        return context.getAttribute(INITIALIZED) != null;
    }

    /**
     * On containers whose edge does not start by itself: looks whether there is one when all other listeners have been
     * called, ends what it leaves open, and keeps what is personal from caches.
     */
    public static void listenTo(ServletContext context) {
        context.addListener(new EdgeCheck());
        var filter = context.addFilter("OIDC: error pages", new PersonalErrorPages());
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.ERROR), false, "/*");
        }
    }

    /** Whether the application's settings ask for it; they can be read before there is a context. */
    public static boolean isAskedFor() {
        return MicroProfileConfig.asksForContainerSecurity();
    }

    /** Whether the application asks for it, by its settings or by its definition. */
    public static boolean isAskedFor(ServletContext context) {
        return isAskedFor() || Definition.asksForContainerSecurity(context);
    }

    /**
     * Reads the configuration and starts the relying party for an edge, and says so. Does not talk to the provider.
     *
     * @param edge what the edge is
     * @param rules who asks for logins and roles, and where
     * @throws ConfigurationException with all problems, if there are any, or if there is another edge: an application has one
     */
    public static ServletRelyingParty start(ServletContext context, String edge, String rules) {
        var other = context.getAttribute(EDGE);
        if (other != null && !other.equals(edge)) {
            throw new ConfigurationException(List.of("oidc.container-security is asked about twice, by " + other
                    + " and by " + edge + ": remove oidc-cdi from the application, which is for WildFly"));
        }
        var config = MicroProfileConfig.load(Map.of(), Definition.of(context));
        if (!config.access().container()) {
            throw new ConfigurationException(List.of("the container is told to ask us who somebody is, but"
                    + " oidc.container-security is not true: set it, or leave that out and map the filter"));
        }
        var party = ServletRelyingParty.start(
                context,
                config,
                introduction -> introduction.text(
                        "OIDC container security of '" + context.getContextPath() + "'",
                        "enforced by " + context.getServerInfo() + ": " + rules + "; every other path is public"));
        context.setAttribute(EDGE, edge);
        return party;
    }

    static boolean isThere(ServletContext context) {
        return context.getAttribute(EDGE) != null;
    }
}
