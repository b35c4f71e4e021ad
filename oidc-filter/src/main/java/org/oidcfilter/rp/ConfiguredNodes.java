// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.SharedState;
import org.oidcfilter.config.KeyFile;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.config.SessionConfig.Kept;
import org.oidcfilter.config.SharedStateConfig.Engine;
import org.oidcfilter.rp.Renewal.Result;
import org.oidcfilter.session.CookieKeys;
import org.oidcfilter.session.CookieSealer;
import org.oidcfilter.session.InMemorySharedState;
import org.oidcfilter.session.JCacheOptions;
import org.oidcfilter.session.LogoutMarks;
import org.oidcfilter.session.SharedStates;

/** What the nodes of an application share, as configured. */
final class ConfiguredNodes {
    /** How much longer than needed an engine keeps what is shared: clocks differ, and renewals take their time. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    /** How far the clocks of nodes may be apart; the end of a lease is a time on the clock of whoever has it. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private static final int LONGEST_OUTCOME = 256 * 1024;

    private final OidcConfig config;
    private final SharedState state;
    private final CookieKeys keys;
    private final String id;

    /** @param id tells the application apart from others in the same engine */
    ConfiguredNodes(OidcConfig config, SharedState state, CookieKeys keys, String id) {
        this.config = config;
        this.state = state;
        this.keys = keys;
        this.id = id;
    }

    /** Opens the configured engine. */
    static SharedState open(OidcConfig config, Clock clock) {
        var shared = config.sharedState();
        if (shared.engine() == Engine.MEMORY) {
            return new InMemorySharedState(clock);
        }
        var options = new JCacheOptions(
                shared.jcache().uri(),
                shared.jcache().provider(),
                shared.jcache().cache(),
                markLifetime(config).plus(CLOCKS_APART),
                config.login().timeout().plus(CLOCKS_APART));
        return SharedStates.jcache(options, shared.timeout(), clock);
    }

    /** What cookies are sealed with. */
    static CookieKeys cookieKeys(OidcConfig config, Clock clock) {
        var first = config.session().cookieKeys();
        if (first.isEmpty()) {
            return CookieKeys.orElse(config.client().secret());
        }
        return config.session()
                .cookieKeysFile()
                .map(file -> CookieKeys.live(new KeyFile(file, first, clock)))
                .orElseGet(() -> CookieKeys.of(first));
    }

    LogoutMarks marks(Clock clock) {
        return new LogoutMarks(
                state,
                new LogoutMarks.Scope(
                        id, markLifetime(config), config.sharedState().ignoresOutage(), inCookies()),
                clock);
    }

    /** On one node for all, if what it got can be opened by the others. */
    BiFunction<OidcSession, Secret, Result> renewals(Renewal renewal) {
        if (!shared() || keys.singleNode()) {
            return renewal::attempt;
        }
        var lease = config.provider()
                .timeout()
                .plus(ConfiguredCallers.mapperTime(config))
                .plus(config.sharedState().timeout().multipliedBy(3))
                .plus(CLOCKS_DIFFER);
        var sealer = new CookieSealer(keys, "refresh " + id, LONGEST_OUTCOME);
        return new SharedRenewal(renewal, state, sealer, new SharedRenewal.Terms(id, lease))::attempt;
    }

    /** What an operator has to know, a sentence each. */
    List<String> notes() {
        var notes = new ArrayList<String>();
        notes.add(
                shared()
                        ? "logouts and used logins are shared with other nodes by " + state
                        : "logouts are remembered in the memory of this node: others do not know of them, and a restart"
                                + " forgets them"
                                + (inCookies() ? ", so that sessions live on that were ended before it" : ""));
        if (shared() && keys.singleNode()) {
            notes.add("each node renews tokens for itself, for it cannot read what others got; set oidc.cookie-keys");
        }
        return notes;
    }

    private boolean inCookies() {
        return config.session().kept() == Kept.COOKIE;
    }

    private boolean shared() {
        return config.sharedState().engine() != Engine.MEMORY;
    }

    /** As long as a session can last that a logout has to end. */
    private static Duration markLifetime(OidcConfig config) {
        return config.session()
                .lifetime()
                .plus(config.login().timeout())
                .plus(config.provider().timeout())
                .plus(ConfiguredCallers.mapperTime(config));
    }
}
