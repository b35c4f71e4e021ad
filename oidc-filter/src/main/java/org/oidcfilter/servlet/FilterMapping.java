// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.config.LoginConfig;

/**
 * What filters get to see (Servlet 6.2.4 and 12.2), compared with what the application has: whatever is mapped elsewhere is open to
 * everybody, and the operator is told when the filter starts. For which dispatcher types a filter is mapped containers do not tell.
 */
final class FilterMapping {
    private static final Set<String> EVERYTHING = Set.of("/*", "*");
    private static final int MOST_NAMED = 5;

    private final ServletContext context;
    private final FilterRegistration filter;

    private FilterMapping(ServletContext context, FilterRegistration filter) {
        this.context = context;
        this.filter = filter;
    }

    /** The mapping of the filter called {@code name}; empty if the container does not tell. */
    static Optional<FilterMapping> of(ServletContext context, @Nullable String name) {
        try {
            return Optional.ofNullable(name == null ? null : context.getFilterRegistration(name))
                    .filter(FilterMapping::isOurs)
                    .filter(filter ->
                            !patterns(filter).isEmpty() || !servletNames(filter).isEmpty())
                    .map(filter -> new FilterMapping(context, filter));
        } catch (UnsupportedOperationException e) {
            return Optional.empty(); // where filters are added by code of a listener
        }
    }

    private static boolean isOurs(FilterRegistration filter) {
        return OidcFilter.class.getName().equals(filter.getClassName());
    }

    private static Collection<String> patterns(FilterRegistration filter) {
        return filter.getUrlPatternMappings();
    }

    private static Collection<String> servletNames(FilterRegistration filter) {
        return filter.getServletNameMappings();
    }

    /**
     * Why no login can ever succeed, if that is sure: a servlet that the filter is mapped to by name may answer our paths.
     *
     * @param ourPath the path of our endpoints
     */
    Optional<String> problem(String ourPath) {
        return !servletNames(filter).isEmpty() || sees(patterns(filter), ourPath + "/callback")
                ? Optional.empty()
                : Optional.of("is not mapped to its own paths, so that no login would come back: add <url-pattern>"
                        + ourPath + "/*</url-pattern> to its mapping, or map it to <url-pattern>/*</url-pattern>");
    }

    /** The same, of callbacks elsewhere. */
    Optional<String> problem(LoginConfig.Paths paths) {
        return paths.callback()
                .flatMap(path -> unseen(path, "oidc.callback-path, so that no login would come back"))
                .or(() -> paths.logoutCallback()
                        .flatMap(path -> unseen(path, "oidc.logout-callback-path, so that no logout would come back")));
    }

    private Optional<String> unseen(String path, String what) {
        return !servletNames(filter).isEmpty() || sees(patterns(filter), path)
                ? Optional.empty()
                : Optional.of("is not mapped to " + what + ": add <url-pattern>" + path
                        + "</url-pattern> to its mapping, or map it to <url-pattern>/*</url-pattern>");
    }

    /** A sentence for the operator, if there is anything that neither this filter nor another of its kind sees. */
    Optional<String> warning() {
        var all = context.getFilterRegistrations().values().stream()
                .filter(FilterMapping::isOurs)
                .toList();
        var patterns = all.stream().flatMap(each -> patterns(each).stream()).collect(Collectors.toSet());
        var names = all.stream().flatMap(each -> servletNames(each).stream()).collect(Collectors.toSet());
        if (patterns.stream().anyMatch(EVERYTHING::contains)) {
            return Optional.empty();
        }
        var unseen = context.getServletRegistrations().values().stream()
                .filter(servlet -> !names.contains(servlet.getName()))
                .flatMap(servlet -> unseen(patterns, servlet))
                .sorted()
                .toList();
        return Optional.of("no OIDC filter is mapped to /*: " + named(unseen)
                + " open to everybody, unless something else closes them. Map it to /*, and name what is to be open in"
                + " oidc.public-paths");
    }

    private static String named(List<String> unseen) {
        if (unseen.isEmpty()) {
            return "all other paths are";
        }
        return String.join(", ", unseen.subList(0, Math.min(MOST_NAMED, unseen.size())))
                + (unseen.size() > MOST_NAMED ? " and more are" : " and other paths are");
    }

    private static Stream<String> unseen(Collection<String> ours, ServletRegistration servlet) {
        return servlet.getMappings().stream().filter(pattern -> !covers(ours, pattern));
    }

    /** Whether all paths of a servlet's pattern are seen. */
    private static boolean covers(Collection<String> ours, String pattern) {
        if (pattern.equals("/")) {
            return false; // to servlets it is everything else
        }
        var isMany = pattern.endsWith("/*") || pattern.startsWith("*.");
        return isMany
                ? ours.stream().anyMatch(each -> each.equals(pattern) || contains(each, pattern))
                : sees(ours, pattern);
    }

    private static boolean contains(String ours, String pattern) {
        return ours.endsWith("/*") && pattern.endsWith("/*") && pattern.startsWith(prefix(ours) + "/");
    }

    private static boolean sees(Collection<String> ours, String path) {
        return ours.stream().anyMatch(pattern -> matches(pattern, path));
    }

    /** Where filters are concerned {@code /} is one path, the root, and containers take {@code *} for everything. */
    private static boolean matches(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            var prefix = prefix(pattern);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
        return pattern.equals("*")
                || (pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern));
    }

    private static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - 2);
    }
}
