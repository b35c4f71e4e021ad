// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.oidcfilter.SharedState;
import org.oidcfilter.SharedStateException;

/** A shared state that can be out of reach: for everything, or for writing only. */
final class BreakableState implements SharedState {
    static final Duration RETRY_AFTER = Duration.ofSeconds(7);

    volatile boolean broken;
    volatile boolean readOnly;
    volatile boolean unreadable;

    /** What somebody else has put in the place of everything that is kept. */
    volatile Optional<String> planted = Optional.empty();

    /** Whatever was to be kept. */
    final List<String> kept = new CopyOnWriteArrayList<>();

    private final Map<String, Duration> claims = new ConcurrentHashMap<>();
    private final CountDownLatch refused = new CountDownLatch(1);
    private final SharedState state;

    BreakableState(SharedState state) {
        this.state = state;
    }

    @Override
    public boolean firstUse(String key, Duration lifetime) {
        claims.merge(key, lifetime, (one, other) -> one.compareTo(other) > 0 ? one : other);
        var first = writable().firstUse(key, lifetime);
        if (!first) {
            refused.countDown();
        }
        return first;
    }

    @Override
    public void mark(String key, Instant at, Duration lifetime) {
        writable().mark(key, at, lifetime);
    }

    @Override
    public Optional<Instant> marked(Collection<String> keys) {
        if (unreadable) {
            throw unavailable();
        }
        return readable().marked(keys);
    }

    @Override
    public void keep(String key, String value, Duration lifetime) {
        kept.add(value);
        writable().keep(key, value, lifetime);
    }

    @Override
    public Optional<String> kept(String key) {
        return planted.isPresent() ? planted : readable().kept(key);
    }

    /** Until somebody has come second for the first time. */
    void awaitRefusedClaim() throws InterruptedException {
        assertTrue(refused.await(20, TimeUnit.SECONDS), "nobody came second");
    }

    /** Of what is claimed under a name like this. */
    Duration longestClaim(String part) {
        return claims.entrySet().stream()
                .filter(claim -> claim.getKey().contains(part))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private SharedState writable() {
        if (readOnly) {
            throw unavailable();
        }
        return readable();
    }

    private SharedState readable() {
        if (broken) {
            throw unavailable();
        }
        return state;
    }

    private static SharedStateException unavailable() {
        return new SharedStateException("the engine cannot be reached", RETRY_AFTER, null);
    }
}
