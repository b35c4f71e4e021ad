// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A demand for one of some roles.
 *
 * @param methods the methods it is about; empty for all
 * @param pattern the paths it is about
 * @param roles the roles that will do, at least one
 */
public record PathRule(Set<String> methods, PathPattern pattern, Set<String> roles) {
    /** Whoever is logged in, in the place of a role (Servlet 13.3). */
    static final String ANYBODY = "**";

    private static final Pattern RULE =
            Pattern.compile("(?:([A-Z,\\s]*[A-Z])\\s+)?([^\\s=]+)\\s*=(.*)", Pattern.DOTALL);
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");

    public PathRule {
        methods = Set.copyOf(methods);
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("must name a role");
        }
    }

    /** Reads {@code [METHOD[,METHOD] ]PATTERN = role[, role]}. */
    static PathRule parse(String text) {
        var matcher = RULE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be rules such as GET,POST /folder/* = role, other-role");
        }
        var roles = ListFormat.of(PathRule::role).apply(matcher.group(3));
        return new PathRule(
                matcher.group(1) == null ? Set.of() : methods(matcher.group(1)),
                new PathPattern(matcher.group(2)),
                new LinkedHashSet<>(roles));
    }

    private static String role(String name) {
        if (name.equals("*")) {
            throw new IllegalArgumentException("must have ** where whoever is logged in will do, for * is no role");
        }
        return name.equals(ANYBODY) ? name : RoleName.valid(name);
    }

    /** Whether the rule is about such a request. What may be done by {@code GET} includes {@code HEAD}. */
    public boolean appliesTo(String method, String path) {
        return pattern.matches(path)
                && (methods.isEmpty()
                        || methods.contains(method)
                        || (method.equals("HEAD") && methods.contains("GET")));
    }

    private static Set<String> methods(String text) {
        var methods = List.of(COMMA.split(text.strip(), -1));
        if (!methods.stream().allMatch(method -> METHOD.matcher(method).matches())) {
            throw new IllegalArgumentException("must have methods such as GET or GET,POST before a pattern");
        }
        return new LinkedHashSet<>(methods);
    }
}
