// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SharedStateException;

/** Logouts that the engine could not be told of. They hold on this node, and it is told when it answers again. */
final class UnstoredMarks {
    /** Beyond that the oldest are forgotten: the provider was told that none of them was accepted. */
    static final int MOST = 1_000;

    /** A request has other things to do. */
    private static final int MOST_AT_ONCE = 20;

    /** After an attempt that failed. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Comparator<Map.Entry<String, LogoutMark>> BY_AGE =
            Map.Entry.comparingByValue(Comparator.comparing(LogoutMark::at));

    private final Map<String, LogoutMark> marks = new ConcurrentHashMap<>();
    private final AtomicBoolean storing = new AtomicBoolean();
    private final Consumer<LogoutMark> engine;
    private final Duration lifetime;
    private final Clock clock;
    private volatile Instant notBefore = Instant.MIN;

    /**
     * @param engine stores a mark
     * @param lifetime after which a mark ends nothing any more
     */
    UnstoredMarks(Consumer<LogoutMark> engine, Duration lifetime, Clock clock) {
        this.engine = engine;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** @param key what the engine would know it by */
    synchronized void add(String key, LogoutMark mark) {
        var oldest = clock.instant().minus(lifetime);
        marks.values().removeIf(known -> known.at().isBefore(oldest));
        marks.merge(key, mark, (one, other) -> one.at().isAfter(other.at()) ? one : other);
        if (marks.size() > MOST) {
            marks.entrySet().stream().min(BY_AGE).ifPresent(known -> marks.remove(known.getKey(), known.getValue()));
        }
    }

    /** Whether one of them ends {@code session}. */
    boolean end(OidcSession session) {
        return !marks.isEmpty() && marks.values().stream().anyMatch(mark -> mark.ends(session));
    }

    /** Gives some of them to the engine, which has just answered. */
    void store() {
        if (marks.isEmpty() || clock.instant().isBefore(notBefore) || !storing.compareAndSet(false, true)) {
            return;
        }
        try {
            for (var each :
                    List.copyOf(marks.entrySet()).stream().limit(MOST_AT_ONCE).toList()) {
                engine.accept(each.getValue());
                marks.remove(each.getKey(), each.getValue());
            }
        } catch (SharedStateException e) {
            notBefore = clock.instant().plus(PAUSE); // it has been noted that the engine is away
        } finally {
            storing.set(false);
        }
    }
}
