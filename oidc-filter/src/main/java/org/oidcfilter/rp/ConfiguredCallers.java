// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.config.ApplicationClass;
import org.oidcfilter.config.OidcConfig;

/** What the configuration says about callers: which roles they have, what they are called, and who is told of them. */
final class ConfiguredCallers {
    private final OidcConfig config;
    private final Optional<ApplicationRoles> mapper;
    private final Events events;

    /**
     * Makes what the application has of its own: somebody has to close it.
     *
     * @param listener is told of events after those that are configured
     */
    ConfiguredCallers(OidcConfig config, OidcEventListener listener, Clock clock) {
        this.config = config;
        this.events = events(config, listener, clock);
        try {
            this.mapper = config.access().roles().mapper().map(type -> new ApplicationRoles(type, mapperTime(config)));
        } catch (RuntimeException e) {
            events.close();
            throw e;
        }
    }

    private static Events events(OidcConfig config, OidcEventListener last, Clock clock) {
        var listeners = new ArrayList<OidcEventListener>();
        try {
            config.listeners().forEach(type -> listeners.add(type.make()));
        } catch (RuntimeException e) {
            listeners.forEach(ApplicationFailure::close);
            throw e;
        }
        listeners.add(last);
        return new Events(config.provider().issuer(), listeners, clock);
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

    /** Tells the application. */
    Events events() {
        return events;
    }

    /** What an operator has to know. */
    List<String> notes() {
        return config.access().roles().mapper().stream()
                .map(ApplicationClass::name)
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
