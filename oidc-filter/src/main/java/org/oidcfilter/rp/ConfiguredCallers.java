// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.config.RoleMapperClass;

/** What the configuration says about callers: which roles they have and what they are called. */
final class ConfiguredCallers {
    private final OidcConfig config;
    private final Optional<ApplicationRoles> mapper;

    /** Makes the application's mapper, if there is one: somebody has to close it. */
    ConfiguredCallers(OidcConfig config) {
        this.config = config;
        this.mapper = config.access().roles().mapper().map(type -> new ApplicationRoles(type, mapperTime(config)));
    }

    /** How long the application's mapper may take, as long as the provider may; no time where there is none. */
    static Duration mapperTime(OidcConfig config) {
        return config.access().roles().mapper().isPresent() ? config.provider().timeout() : Duration.ZERO;
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

    /** The application's own code. */
    Optional<ApplicationRoles> mapper() {
        return mapper;
    }

    /** What an operator has to know. */
    List<String> notes() {
        return config.access().roles().mapper().stream()
                .map(RoleMapperClass::name)
                .map(name -> "roles are for " + name + " to decide")
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
                mapper));
    }
}
