// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.List;

/**
 * What callers may do, and what they are called.
 *
 * @param publicPaths what needs no login
 * @param rules what needs a role besides a login
 * @param rolesClaims where a caller's roles are
 * @param rolesClaimsExplicit whether somebody wrote down where the roles are, so that they are expected to be there
 * @param callerNameClaim the claim shown as the caller's name
 */
public record AccessConfig(
        List<PathPattern> publicPaths,
        List<PathRule> rules,
        List<ClaimPath> rolesClaims,
        boolean rolesClaimsExplicit,
        String callerNameClaim) {
    public AccessConfig {
        publicPaths = List.copyOf(publicPaths);
        rules = List.copyOf(rules);
        rolesClaims = List.copyOf(rolesClaims);
    }

    static AccessConfig read(Settings settings) {
        return new AccessConfig(
                settings.optional(Setting.PUBLIC_PATHS, ListFormat.of(PathPattern::new))
                        .orElse(List.of()),
                settings.optional(Setting.PATH_RULES, ListFormat.separatedBySemicolons(PathRule::parse))
                        .orElse(List.of()),
                settings.defaulted(Setting.ROLES_CLAIM, ListFormat.of(ClaimPath::parse)),
                settings.has(Setting.ROLES_CLAIM),
                settings.defaulted(Setting.CALLER_NAME_CLAIM, text -> text));
    }
}
