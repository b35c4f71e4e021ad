// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Jetty upgrades to web sockets in a filter that it puts before those of {@code web.xml}, so that nobody would be asked for
 * a login. Where there is that filter, another one comes before it and shows what may be upgraded to the OIDC filter.
 * {@code META-INF/web-fragment.xml} names this class; it is for the container only. Where initializers are not
 * called it also refuses applications that ask for container security and have no part in it.
 */
public final class UpgradeGuard implements ServletContextListener {
    private static final Pattern UPGRADES_FIRST =
            Pattern.compile("org\\.eclipse\\.jetty\\.(\\w+\\.)*WebSocketUpgradeFilter");

    private static final String ATTRIBUTE = "org.oidcfilter.filter.";
    private static final String SHOWN = "org.oidcfilter.shown.";

    /** What the filter has decided on. Proxies that speak AJP can set attributes, but none of this class. */
    private record Seen(
            String method,
            String uri,
            String servletPath,
            @Nullable String pathInfo) {
        static Seen of(HttpServletRequest request) {
            return new Seen(
                    request.getMethod(), request.getRequestURI(), request.getServletPath(), request.getPathInfo());
        }
    }

    /** For the container. */
    public UpgradeGuard() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        if (!ContainerSecurity.isInitialized(context)) { // Jetty without its module of annotations, for one
            new EdgeCheck().contextInitialized(event);
        }
        var filters = List.copyOf(context.getFilterRegistrations().values());
        if (filters.stream().anyMatch(UpgradeGuard::upgradesFirst)) {
            filters.stream()
                    .filter(filter -> OidcFilter.class.getName().equals(filter.getClassName()))
                    .forEach(filter -> guard(context, filter));
        }
    }

    /** The filter of this name is ready. */
    static void ready(ServletContext context, @Nullable String name, Filter filter) {
        context.setAttribute(ATTRIBUTE + name, filter);
    }

    /** The name of the attribute that says that the filter of this name has been shown a request. */
    static String shownAttribute(@Nullable String name) {
        return SHOWN + name;
    }

    /**
     * Whether the filter has seen the request and comes to it a second time now, in its turn. What another filter has made of it
     * in between it has not seen.
     */
    static boolean comesAgain(HttpServletRequest request, String shownAttribute) {
        var seen = request.getAttribute(shownAttribute);
        if (seen == null) {
            return false;
        }
        request.removeAttribute(shownAttribute);
        return request.getDispatcherType() == DispatcherType.REQUEST && seen.equals(Seen.of(request));
    }

    private static boolean upgradesFirst(FilterRegistration filter) {
        return UPGRADES_FIRST
                .matcher(Objects.requireNonNullElse(filter.getClassName(), ""))
                .matches();
    }

    private static void guard(ServletContext context, FilterRegistration filter) {
        var patterns = filter.getUrlPatternMappings().toArray(String[]::new);
        var guard = patterns.length == 0
                ? null
                : context.addFilter(filter.getName() + " before upgrades", new Guard(filter.getName()));
        if (guard != null) { // it is there already if web.xml names this class, too
            guard.setAsyncSupported(true);
            guard.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, patterns);
        }
    }

    /** @param name the name of the OIDC filter */
    private record Guard(String name) implements Filter {

        /** All other requests come to the OIDC filter in their turn, after whatever stands before it in web.xml. */
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request instanceof HttpServletRequest http && mayBeUpgraded(http)) {
                ((Filter) Objects.requireNonNull(request.getServletContext().getAttribute(ATTRIBUTE + name)))
                        .doFilter(request, response, (seen, answer) -> {
                            seen.setAttribute(shownAttribute(name), Seen.of((HttpServletRequest) seen));
                            chain.doFilter(seen, answer);
                        });
            } else {
                chain.doFilter(request, response);
            }
        }

        /** By HTTP/1.1 (RFC 6455 4.1) or by HTTP/2 (RFC 8441 4). */
        private static boolean mayBeUpgraded(HttpServletRequest request) {
            return request.getHeader("Upgrade") != null || "CONNECT".equals(request.getMethod());
        }
    }
}
