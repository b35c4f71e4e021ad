// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.oidcfilter.SharedState;

/**
 * Shared state of an application that runs on one node. Claims are forgotten when their time is over and never for lack
 * of room: a flood must not make a used {@code state} usable again.
 */
public final class InMemorySharedState implements SharedState {
    private final Cache<String, Duration> claims;

    public InMemorySharedState(Clock clock) {
        claims = Caffeine.newBuilder()
                .expireAfter(Expiry.creating((String key, Duration lifetime) -> lifetime))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                // The common pool outlives the application and would keep its class loader alive.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean firstUse(String key, Duration lifetime) {
        return claims.asMap().putIfAbsent(key, lifetime) == null;
    }

    /** How many claims take up memory now. */
    long remembered() {
        claims.cleanUp();
        return claims.estimatedSize();
    }
}
