// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.SharedState;

/**
 * Shared state of an application that runs on one node. What is noted is forgotten when its time is over and never for lack
 * of room: a flood must neither make a used {@code state} usable again nor bring a session back.
 */
public final class InMemorySharedState implements SharedState {
    private final Cache<String, Note> notes;
    private final Cache<String, Value> values;

    /** Something to be kept, and how long. */
    private record Value(String text, Duration lifetime) {
        /** Nothing of the text, whatever it is. */
        @Override
        public String toString() {
            return "Value[" + lifetime + "]";
        }
    }

    /** When something happened, and how long that matters. */
    private record Note(Instant at, Duration lifetime) {
        Note orLater(Note other) {
            return new Note(
                    at.isAfter(other.at) ? at : other.at,
                    lifetime.compareTo(other.lifetime) > 0 ? lifetime : other.lifetime);
        }
    }

    public InMemorySharedState(Clock clock) {
        notes = cache(clock, Note::lifetime);
        values = cache(clock, Value::lifetime);
    }

    private static <V> Cache<String, V> cache(Clock clock, Function<V, Duration> lifetime) {
        return Caffeine.newBuilder()
                .expireAfter(Expiry.writing((String key, V value) -> lifetime.apply(value)))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                // The common pool outlives the application and would keep its class loader alive.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean firstUse(String key, Duration lifetime) {
        return notes.asMap().putIfAbsent(key, new Note(Instant.MIN, lifetime)) == null;
    }

    @Override
    public void mark(String key, Instant at, Duration lifetime) {
        notes.asMap().merge(key, new Note(at, lifetime), Note::orLater);
    }

    @Override
    public Optional<Instant> marked(Collection<String> keys) {
        @Nullable Note latest = null;
        for (var key : keys) {
            var note = notes.getIfPresent(key);
            latest = latest == null || (note != null && note.at.isAfter(latest.at)) ? note : latest;
        }
        return Optional.ofNullable(latest).map(Note::at);
    }

    @Override
    public void keep(String key, String value, Duration lifetime) {
        values.put(key, new Value(value, lifetime));
    }

    @Override
    public Optional<String> kept(String key) {
        return Optional.ofNullable(values.getIfPresent(key)).map(Value::text);
    }

    /** How many notes take up memory now. */
    long remembered() {
        notes.cleanUp();
        values.cleanUp();
        return notes.estimatedSize() + values.estimatedSize();
    }
}
