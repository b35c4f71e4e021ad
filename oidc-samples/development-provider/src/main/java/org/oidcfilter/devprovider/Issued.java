// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Unguessable strings that were handed out, and what each stands for until it expires. */
final class Issued<V> {
    private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Duration life;

    Issued(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    String issue(V value) {
        String text = RandomText.ofBits(256);
        put(text, value);
        return text;
    }

    void put(String text, V value) {
        Instant now = clock.instant();
        entries.values().removeIf(entry -> entry.isOver(now));
        entries.put(text, new Entry<>(value, now.plus(life)));
    }

    Optional<V> find(String text) {
        return valid(Optional.ofNullable(entries.get(text)));
    }

    /** Finds and forgets. */
    Optional<V> take(String text) {
        return valid(Optional.ofNullable(entries.remove(text)));
    }

    void removeIf(Predicate<V> condition) {
        entries.values().removeIf(entry -> condition.test(entry.value()));
    }

    private Optional<V> valid(Optional<Entry<V>> found) {
        return found.filter(entry -> !entry.isOver(clock.instant())).map(Entry::value);
    }

    private record Entry<V>(V value, Instant expires) {
        boolean isOver(Instant now) {
            return !now.isBefore(expires);
        }
    }
}
