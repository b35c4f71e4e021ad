// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.SharedState;

/** Opens what nodes share. The one class that knows JCache without needing it. */
public final class SharedStates {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    /** As long as an engine that is embedded may take to find the others. */
    private static final Duration LONGEST_START = Duration.ofSeconds(20);

    private SharedStates() {}

    /**
     * Shared state in a JCache engine; to be closed. An engine that cannot be reached yet is no failure.
     *
     * @param timeout how long a request waits for it
     * @throws ConfigurationException if there is no such engine
     */
    public static SharedState jcache(JCacheOptions options, Duration timeout, Clock clock) {
        try {
            return open(JCacheEngine.find(options), timeout, clock);
        } catch (LinkageError e) {
            throw new ConfigurationException(
                    List.of("oidc.shared-state is jcache, but there is no JCache API on the class"
                            + " path: add javax.cache:cache-api and an engine to WEB-INF/lib"));
        }
    }

    private static SharedState open(JCacheEngine engine, Duration timeout, Clock clock) {
        if (!engine.open(LONGEST_START)) {
            LOG.log(
                    Level.WARNING,
                    () -> engine + " could not be opened yet" + engine.whyNot()
                            + ". Until it can, nobody is served who is logged in, and nobody can log in");
        }
        return new BoundedSharedState(new JCacheSharedState(engine::caches, clock), timeout, engine.threads(), engine);
    }
}
