// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import java.util.Optional;
import org.oidcfilter.RoleMapper;
import org.oidcfilter.config.OidcConfig;

/** What the configuration says about callers: which roles they have and what they are called. */
final class ConfiguredCallers {
    private final OidcConfig config;

    ConfiguredCallers(OidcConfig config) {
        this.config = config;
    }

    /** How claims become a caller. */
    SessionStart.Rules rules() {
        return new SessionStart.Rules(
                config.login().userInfo(),
                roles(),
                config.access().roles().claimsExplicit(),
                new CallerName(config.access().callerNames()),
                config.session().lifetime(),
                config.session().keptTokens(),
                new SessionStart.Freshness(
                        config.refresh().enabled(),
                        config.refresh().ahead(),
                        config.session().endsWithIdToken()));
    }

    /** What an operator has to know. */
    List<String> notes() {
        return config.access().roles().mapper().stream()
                .map(mapper -> "roles are for " + mapper.getClass().getName() + " to decide")
                .toList();
    }

    private Roles roles() {
        var roles = config.access().roles();
        return new Roles(new Roles.Rules(
                roles.claims(),
                roles.pattern(),
                roles.names(),
                roles.prefix(),
                roles.scopePrefix()
                        .map(prefix -> new ScopeRoles(prefix, config.login().scopes())),
                roles.mapper().map(ConfiguredCallers::called)));
    }

    private static ApplicationRoles called(RoleMapper mapper) {
        var loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader());
        return new ApplicationRoles(mapper, loader.orElseGet(mapper.getClass()::getClassLoader));
    }
}
