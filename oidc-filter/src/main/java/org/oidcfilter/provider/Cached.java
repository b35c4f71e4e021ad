// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;

/**
 * A document of the provider, kept for as long as the provider says.
 *
 * <p>One fetch at a time, made by the thread that needs it. While there is no document others wait for that fetch; once
 * there is one they are served the old document meanwhile. A failed fetch never takes a document away; it starts a pause,
 * doubled with each further failure, in which nobody tries.
 */
final class Cached<T> {
    private static final Logger LOG = System.getLogger(Cached.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final String name;
    private final Supplier<Fetched<T>> source;
    private final Clock clock;

    /** Held during a fetch. */
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile @Nullable Entry<T> entry;

    /** Why and until when nobody tries; written under the lock. */
    private volatile @Nullable Failure failure;

    /**
     * What a fetch yields.
     *
     * @param value the document
     * @param lifetime how long to keep it
     */
    record Fetched<T>(T value, Duration lifetime) {}

    private record Entry<T>(T value, Instant freshUntil) {}

    private record Failure(RuntimeException cause, Duration pause, Instant until) {}

    /**
     * @param name what it is, for messages
     * @param source fetches the document or throws
     */
    Cached(String name, Supplier<Fetched<T>> source, Clock clock) {
        this.name = name;
        this.source = source;
        this.clock = clock;
    }

    /** Puts in place what need not be fetched. */
    void set(Fetched<T> fetched) {
        entry = new Entry<>(fetched.value(), clock.instant().plus(fetched.lifetime()));
    }

    /**
     * The document.
     *
     * @throws ProviderUnavailableException if there has never been one, and cannot be one now
     */
    T get() {
        var current = entry;
        if (current == null) {
            return first();
        }
        return isFresh(current) ? current.value() : refreshed(current);
    }

    /** The document, if there is one; never fetches, never waits. */
    Optional<T> known() {
        return Optional.ofNullable(entry).map(Entry::value);
    }

    /**
     * A document newer than {@code seen}, if one can be had now; else {@code seen} or what has replaced it.
     *
     * @param permit asked just before a fetch, under the lock
     */
    T newerThan(T seen, BooleanSupplier permit) {
        fetching.lock();
        try {
            var current = known().orElse(seen);
            if (current != seen || isPausing() || !permit.getAsBoolean()) {
                return current;
            }
            return fetch().orElse(current);
        } finally {
            fetching.unlock();
        }
    }

    private T first() {
        fetching.lock();
        try {
            return orFetched().orElseThrow(this::unavailable);
        } finally {
            fetching.unlock();
        }
    }

    /** Under the lock: somebody else may have fetched it while we waited. */
    private Optional<T> orFetched() {
        var current = known();
        return current.isPresent() || isPausing() ? current : fetch();
    }

    private T refreshed(Entry<T> stale) {
        if (isPausing() || !fetching.tryLock()) {
            return stale.value();
        }
        try {
            var current = Objects.requireNonNullElse(entry, stale); // another thread may have been faster
            return isFresh(current) ? current.value() : fetch().orElse(current.value());
        } finally {
            fetching.unlock();
        }
    }

    private boolean isFresh(Entry<T> candidate) {
        return clock.instant().isBefore(candidate.freshUntil());
    }

    private Optional<T> fetch() {
        try {
            var fetched = source.get();
            set(fetched);
            failure = null;
            LOG.log(Level.DEBUG, "Fetched the provider''s {0}; fresh for {1}", name, seconds(fetched.lifetime()));
            return Optional.of(fetched.value());
        } catch (RuntimeException e) {
            var pause = nextPause();
            failure = new Failure(e, pause, clock.instant().plus(pause));
            var level = entry == null ? Level.DEBUG : Level.WARNING; // without a document, those who need it say so
            var problem = problem(e);
            LOG.log(level, "No {0} from the provider, next attempt in {1}: {2}", name, seconds(pause), problem);
            return Optional.empty();
        }
    }

    /** Messages of others could hold anything. */
    private static String problem(RuntimeException failure) {
        return failure instanceof OidcException known
                ? String.valueOf(known.getMessage())
                : failure.getClass().getName();
    }

    /** As text: the logger would format a number by locale. */
    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private Duration nextPause() {
        var last = failure;
        if (last == null) {
            return FIRST_PAUSE;
        }
        var doubled = last.pause().multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private boolean isPausing() {
        var last = failure;
        return last != null && clock.instant().isBefore(last.until());
    }

    private ProviderUnavailableException unavailable() {
        var last = Objects.requireNonNull(failure);
        var reason = last.cause() instanceof OidcException known ? known.reason() : Reason.INTERNAL;
        var remaining = Duration.between(clock.instant(), last.until());
        var retryAfter = remaining.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : remaining;
        var message = "no " + name + " from the provider: " + problem(last.cause());
        return new ProviderUnavailableException(reason, message, retryAfter, last.cause());
    }
}
