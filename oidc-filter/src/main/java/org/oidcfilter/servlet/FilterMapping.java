// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a filter gets to see (Servlet 6.2.4 and 12.2), compared with what the application has: whatever is mapped elsewhere is open
 * to everybody, and the operator is told when the filter starts.
 */
final class FilterMapping {
    private static final String EVERYTHING = "/*";
    private static final int MOST_NAMED = 5;

    private final ServletContext context;
    private final Collection<String> patterns;
    private final Collection<String> servlets;

    private FilterMapping(ServletContext context, FilterRegistration filter) {
        this.context = context;
        this.patterns = filter.getUrlPatternMappings();
        this.servlets = filter.getServletNameMappings();
    }

    /** The mapping of the filter called {@code name}; empty if the container does not know it by that name. */
    static Optional<FilterMapping> of(ServletContext context, String name) {
        return Optional.ofNullable(context.getFilterRegistration(name))
                .map(filter -> new FilterMapping(context, filter));
    }

    /**
     * Why no login can ever succeed, if that is so.
     *
     * @param ourPath the path of our endpoints
     */
    Optional<String> problem(String ourPath) {
        return sees(ourPath + "/callback")
                ? Optional.empty()
                : Optional.of("is not mapped to its own paths, so that no login would come back: add <url-pattern>"
                        + ourPath + "/*</url-pattern> to its mapping, or map it to <url-pattern>/*</url-pattern>");
    }

    /** A sentence for the operator, if there is anything that this filter does not see. */
    Optional<String> warning() {
        if (patterns.contains(EVERYTHING)) {
            return Optional.empty();
        }
        var unseen = context.getServletRegistrations().values().stream()
                .filter(servlet -> !servlets.contains(servlet.getName()))
                .flatMap(this::unseen)
                .sorted()
                .toList();
        return Optional.of("this filter is not mapped to /*: " + named(unseen)
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

    private Stream<String> unseen(ServletRegistration servlet) {
        return servlet.getMappings().stream().filter(pattern -> !covers(pattern));
    }

    /** Whether this filter sees all paths of a servlet's pattern. */
    private boolean covers(String pattern) {
        if (pattern.equals("/")) {
            return false; // to servlets it is everything else
        }
        var isMany = pattern.endsWith("/*") || pattern.startsWith("*.");
        return isMany
                ? patterns.stream().anyMatch(ours -> ours.equals(pattern) || contains(ours, pattern))
                : sees(pattern);
    }

    private static boolean contains(String ours, String pattern) {
        return ours.endsWith("/*") && pattern.endsWith("/*") && pattern.startsWith(prefix(ours) + "/");
    }

    private boolean sees(String path) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, path));
    }

    /** Where filters are concerned {@code /} is one path, the root. */
    private static boolean matches(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            var prefix = prefix(pattern);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
        return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
    }

    private static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - 2);
    }
}
