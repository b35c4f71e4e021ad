// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.List;

/**
 * What callers may do, and what they are called.
 *
 * @param publicPaths what needs no login
 * @param rules what needs a role besides a login
 * @param roles which roles callers have
 * @param callerNames the claims that may hold a caller's name, the preferred one first
 */
public record AccessConfig(
        List<PathPattern> publicPaths, List<PathRule> rules, RolesConfig roles, List<ClaimPath> callerNames) {
    public AccessConfig {
        publicPaths = List.copyOf(publicPaths);
        rules = List.copyOf(rules);
        callerNames = List.copyOf(callerNames);
    }

    static AccessConfig read(Settings settings) {
        return new AccessConfig(
                settings.optional(Setting.PUBLIC_PATHS, ListFormat.of(PathPattern::new))
                        .orElse(List.of()),
                settings.optional(Setting.PATH_RULES, ListFormat.separatedBySemicolons(PathRule::parse))
                        .orElse(List.of()),
                RolesConfig.read(settings),
                settings.defaulted(Setting.CALLER_NAME_CLAIM, ListFormat.of(ClaimPath::parse)));
    }
}
