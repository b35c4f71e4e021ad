// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.oidcfilter.SharedState;

/**
 * Shared state in any engine that implements JCache (JSR 107). Keys and values are strings, so that the engine needs no class
 * of ours. JCache knows one lifetime per cache, so each value carries its own end; the cache's only has to be longer.
 *
 * <p>Atomic are {@code putIfAbsent} and {@code replace}, which every engine does in one step. No entry processor: it would
 * have to run where our classes are not.
 */
final class JCacheSharedState {
    /** An engine that lets nobody win as often as this does not do what JCache demands. */
    private static final int MOST_TRIES = 100;

    private final Supplier<Caches> caches;
    private final Clock clock;

    /**
     * Where what is remembered.
     *
     * @param marks for as long as a session
     * @param uses for as long as a login
     */
    record Caches(Cache<String, String> marks, Cache<String, String> uses) {}

    /** What is kept, and in which millisecond it is over. */
    private record Entry(long end, String text) {
        static Entry of(String stored) {
            var space = stored.indexOf(' ');
            if (space < 0) {
                throw new IllegalStateException("an entry of the shared caches that is not ours");
            }
            return new Entry(number(stored.substring(0, space)), stored.substring(space + 1));
        }

        String stored() {
            return end + " " + text;
        }

        /** Of two marks the later one, for as long as either has to be remembered. */
        Entry orLater(Entry other) {
            return new Entry(Math.max(end, other.end), Long.toString(Math.max(number(text), number(other.text))));
        }

        Instant at() {
            return Instant.ofEpochMilli(number(text));
        }

        private static long number(String digits) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                throw new IllegalStateException("an entry of the shared caches that is not ours", null);
            }
        }

        /** Nothing of what is kept. */
        @Override
        public String toString() {
            return "Entry[" + end + "]";
        }
    }

    /** @param caches the caches, or an exception while there are none */
    JCacheSharedState(Supplier<Caches> caches, Clock clock) {
        this.caches = caches;
        this.clock = clock;
    }

    /**
     * As {@link SharedState#firstUse}.
     *
     * @param claim names the attempt: if it is repeated because no answer came, it is still the same attempt
     */
    boolean firstUse(String key, Duration lifetime, String claim) {
        var uses = caches.get().uses();
        var name = "use " + key;
        var mine = entry(lifetime, claim).stored();
        for (var i = 0; i < MOST_TRIES; i++) {
            if (uses.putIfAbsent(name, mine)) {
                return true;
            }
            var stored = uses.get(name);
            if (stored != null && holds(Entry.of(stored))) {
                return Entry.of(stored).text().equals(claim);
            }
            if (stored != null && uses.replace(name, stored, mine)) {
                return true;
            }
        }
        throw new IllegalStateException("the shared cache does not let anybody write");
    }

    /** As {@link SharedState#mark}. */
    void mark(String key, Instant at, Duration lifetime) {
        var marks = caches.get().marks();
        var mine = entry(lifetime, Long.toString(at.toEpochMilli()));
        for (var i = 0; i < MOST_TRIES; i++) {
            var stored = marks.get(key);
            if (stored == null ? marks.putIfAbsent(key, mine.stored()) : later(marks, key, stored, mine)) {
                return;
            }
        }
        throw new IllegalStateException("the shared cache does not let anybody write");
    }

    /** As {@link SharedState#marked}. */
    Optional<Instant> marked(Collection<String> keys) {
        // not an immutable set: Infinispan asks whether it contains null
        return caches.get().marks().getAll(new HashSet<>(keys)).values().stream()
                .map(Entry::of)
                .filter(this::holds)
                .map(Entry::at)
                .max(Comparator.naturalOrder());
    }

    /** As {@link SharedState#keep}. */
    void keep(String key, String value, Duration lifetime) {
        caches.get().uses().put("kept " + key, entry(lifetime, value).stored());
    }

    /** As {@link SharedState#kept}. */
    Optional<String> kept(String key) {
        return Optional.ofNullable(caches.get().uses().get("kept " + key))
                .map(Entry::of)
                .filter(this::holds)
                .map(Entry::text);
    }

    /** Also where nothing changes: the engine counts the lifetime of a mark from when it was last written. */
    private boolean later(Cache<String, String> marks, String key, String stored, Entry mine) {
        var other = Entry.of(stored);
        return marks.replace(key, stored, (holds(other) ? mine.orLater(other) : mine).stored());
    }

    private Entry entry(Duration lifetime, String text) {
        return new Entry(clock.instant().plus(lifetime).toEpochMilli(), text);
    }

    private boolean holds(Entry entry) {
        return clock.millis() < entry.end();
    }
}
