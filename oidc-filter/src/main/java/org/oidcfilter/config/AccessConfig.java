// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What callers may do, and what they are called.
 *
 * @param container whether the container's constraints decide, instead of the two below
 * @param publicPaths what needs no login
 * @param rules what needs a role besides a login
 * @param roles which roles callers have
 * @param callerNames the claims that may hold a caller's name, the preferred one first
 */
public record AccessConfig(
        boolean container,
        List<PathPattern> publicPaths,
        List<PathRule> rules,
        RolesConfig roles,
        List<ClaimPath> callerNames) {
    public AccessConfig {
        publicPaths = List.copyOf(publicPaths);
        rules = List.copyOf(rules);
        callerNames = List.copyOf(callerNames);
    }

    static AccessConfig read(Settings settings, LoginConfig login) {
        var config = new AccessConfig(
                container(settings),
                settings.optional(Setting.PUBLIC_PATHS, ListFormat.of(PathPattern::new))
                        .orElse(List.of()),
                settings.optional(Setting.PATH_RULES, ListFormat.separatedBySemicolons(PathRule::parse))
                        .orElse(List.of()),
                RolesConfig.read(settings),
                settings.defaulted(Setting.CALLER_NAME_CLAIM, ListFormat.of(AccessConfig::callerName)));
        config.rolesOfNobody(login).ifPresent(settings::warning);
        return config;
    }

    private static boolean container(Settings settings) {
        var container = settings.defaulted(Setting.CONTAINER_SECURITY, BooleanFormat::parse);
        Stream.of(Setting.PUBLIC_PATHS, Setting.PATH_RULES)
                .filter(setting -> container && settings.has(setting))
                .forEach(setting -> settings.problem(
                        setting,
                        "is not asked with " + Setting.CONTAINER_SECURITY.key()
                                + ": say the same by <security-constraint> or @ServletSecurity"));
        return container;
    }

    private static ClaimPath callerName(String text) {
        var path = ClaimPath.parse(text);
        if (path.members()) {
            throw new IllegalArgumentException("must be claims that hold one name; with .* there would be several");
        }
        return path;
    }

    /** What somebody would wonder about who is refused although they have the role, by another name. */
    private Optional<String> rolesOfNobody(LoginConfig login) {
        var ofNobody = rules.stream()
                .flatMap(rule -> rule.roles().stream())
                .filter(role -> !role.equals(PathRule.ANYBODY) && !roles.allows(role, login.scopes()))
                .collect(Collectors.toCollection(TreeSet::new));
        return ofNobody.isEmpty()
                ? Optional.empty()
                : Optional.of(Setting.PATH_RULES.key() + " asks for roles that nobody can have, " + ofNobody + ": see "
                        + Setting.ROLE_NAMES.key() + ", " + Setting.ROLE_PREFIX.key() + " and " + Setting.SCOPE.key());
    }
}
