// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.RoleMapper;

/**
 * Which roles callers have.
 *
 * @param claims where a caller's roles are
 * @param claimsExplicit whether somebody wrote down where the roles are, so that they are expected to be there
 * @param pattern what of a claim is a role; all of it if absent
 * @param names what the application calls them
 * @param prefix what each role begins with that comes from a claim; may be empty
 * @param scopePrefix what each role begins with that comes from a scope, if scopes count as roles
 * @param mapper what decides by code
 */
public record RolesConfig(
        List<ClaimPath> claims,
        boolean claimsExplicit,
        Optional<RolePattern> pattern,
        RoleNames names,
        String prefix,
        Optional<String> scopePrefix,
        Optional<ApplicationClass<RoleMapper>> mapper) {
    public RolesConfig {
        claims = List.copyOf(claims);
    }

    static RolesConfig read(Settings settings) {
        var config = new RolesConfig(
                settings.defaulted(Setting.ROLES_CLAIM, ListFormat.of(ClaimPath::parse)),
                settings.has(Setting.ROLES_CLAIM),
                settings.optional(Setting.ROLE_PATTERN, RolePattern::parse),
                names(settings),
                settings.optional(Setting.ROLE_PREFIX, RoleName::valid).orElse(""),
                settings.optional(Setting.SCOPE_ROLE_PREFIX, RoleName::valid),
                settings.optional(Setting.ROLE_MAPPER, ApplicationClass.parser(Setting.ROLE_MAPPER, RoleMapper.class)));
        config.scopePrefix.ifPresent(scopes -> config.keepApart(scopes, settings));
        return config;
    }

    /**
     * Whether somebody can have {@code role}, as far as settings tell.
     *
     * @param scopes those that are asked for
     */
    boolean allows(String role, Set<String> scopes) {
        if (mapper.isPresent()) {
            return true;
        }
        if (scopePrefix.isPresent() && role.startsWith(scopePrefix.get())) {
            return scopes.contains(role.substring(scopePrefix.get().length()));
        }
        return role.startsWith(prefix) && names.allow(role.substring(prefix.length()));
    }

    private static RoleNames names(Settings settings) {
        var others = settings.defaulted(Setting.UNMAPPED_ROLES, ChoiceFormat.of(RoleNames.Others.class));
        if (settings.has(Setting.UNMAPPED_ROLES) && !settings.has(Setting.ROLE_NAMES)) {
            settings.problem(Setting.UNMAPPED_ROLES, "has no effect unless " + Setting.ROLE_NAMES.key() + " is set");
        }
        return settings.optional(Setting.ROLE_NAMES, RoleNamesFormat::parse)
                .map(table -> new RoleNames(table, others))
                .orElse(RoleNames.SAME);
    }

    /** What begins like a scope is none of a claim: such roles would never be seen. */
    private void keepApart(String scopes, Settings settings) {
        if (prefix.startsWith(scopes)) {
            settings.problem(
                    Setting.SCOPE_ROLE_PREFIX,
                    "must not be what " + Setting.ROLE_PREFIX.key() + " begins with: scopes are no roles of a claim");
        } else if (names.table().values().stream()
                .anyMatch(roles -> roles.stream().anyMatch(role -> (prefix + role).startsWith(scopes)))) {
            settings.problem(
                    Setting.ROLE_NAMES,
                    "must not name roles that begin with " + Setting.SCOPE_ROLE_PREFIX.key()
                            + ": scopes are no roles of a claim");
        }
    }
}
