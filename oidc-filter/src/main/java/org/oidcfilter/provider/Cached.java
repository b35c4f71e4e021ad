// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Printable;

/**
 * A document of the provider, kept for as long as the provider says.
 *
 * <p>One fetch at a time, begun by the thread that needs it, but with a time of its own: who has not the patience to wait
 * for its end leaves it to those who come later. While there is no document others wait for that fetch, too; once there is
 * one they are served the old document meanwhile. A failed fetch never takes a document away; it starts a pause, doubled
 * with each further failure, in which nobody tries, and until a fetch succeeds only those wait who begin one.
 *
 * <p>An old document is served for a day, in which an outage can be noticed and ended. Then there is none any more: whoever
 * can keep our fetches from arriving must not keep a key good for ever that the provider has withdrawn.
 */
final class Cached<T> {
    private static final Logger LOG = System.getLogger(Cached.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration LONGEST_OVERDUE = Duration.ofHours(24);

    private final String name;
    private final Supplier<Fetched<T>> source;
    private final Executor executor;
    private final Clock clock;
    private final Object beginning = new Object();

    private volatile @Nullable Entry<T> entry;

    /** Why and until when nobody tries; written by the one fetch there is. */
    private volatile @Nullable Failure failure;

    /** The end of the fetch in flight; written under the lock. */
    private volatile @Nullable CompletableFuture<Void> running;

    /**
     * What a fetch yields.
     *
     * @param value the document
     * @param lifetime how long to keep it
     */
    record Fetched<T>(T value, Duration lifetime) {}

    private record Entry<T>(T value, Instant freshUntil) {
        boolean isFresh(Instant now) {
            return now.isBefore(freshUntil);
        }

        boolean isServed(Instant now) {
            return now.isBefore(freshUntil.plus(LONGEST_OVERDUE));
        }
    }

    private record Failure(RuntimeException cause, Duration pause, Instant until) {}

    /**
     * @param name what it is, for messages
     * @param source fetches the document or throws, in bounded time
     * @param executor runs a fetch in a thread of its own
     */
    Cached(String name, Supplier<Fetched<T>> source, Executor executor, Clock clock) {
        this.name = name;
        this.source = source;
        this.executor = executor;
        this.clock = clock;
    }

    /** Puts in place what need not be fetched. */
    void set(Fetched<T> fetched) {
        entry = new Entry<>(fetched.value(), clock.instant().plus(fetched.lifetime()));
    }

    /** The document, if there is one; never fetches, never waits. */
    Optional<T> known() {
        return served().map(Entry::value);
    }

    private Optional<Entry<T>> served() {
        return Optional.ofNullable(entry).filter(stored -> stored.isServed(clock.instant()));
    }

    /**
     * The document.
     *
     * @throws ProviderUnavailableException if there has not been one for long, and cannot be one now
     */
    T get(Deadline deadline) {
        var current = served();
        if (current.isEmpty()) {
            return first(deadline);
        }
        return current.get().isFresh(clock.instant()) ? current.get().value() : refreshed(current.get(), deadline);
    }

    /**
     * The document; where it does not suffice, one that is fetched after this call, if there is a permit.
     *
     * @param permit asked just before a fetch, under the lock
     * @throws ProviderUnavailableException if it does not suffice and the provider cannot be asked for another one now
     */
    T get(Predicate<T> suffices, BooleanSupplier permit, Deadline deadline) {
        var current = get(deadline);
        if (!suffices.test(current)) {
            current = afterFetch(current, () -> false, deadline); // one in flight may have begun too early to suffice
        }
        if (!suffices.test(current)) {
            current = afterFetch(current, permit, deadline);
        }
        if (!suffices.test(current) && isPausing()) {
            throw unavailable();
        }
        return current;
    }

    private T afterFetch(T current, BooleanSupplier permit, Deadline deadline) {
        var fetch = fetch(permit);
        if (fetch.isPresent() && !deadline.await(fetch.get())) {
            throw unavailable();
        }
        return known().orElse(current);
    }

    private T first(Deadline deadline) {
        if (failure == null || running == null) {
            fetch(() -> served().isEmpty()).ifPresent(deadline::await);
        }
        return known().orElseThrow(this::unavailable);
    }

    /** An old document is good enough to leave time for what follows. */
    private T refreshed(Entry<T> stale, Deadline deadline) {
        if (running == null) {
            fetch(() -> stale.equals(entry)).ifPresent(deadline.half()::await); // another thread may have been faster
        }
        return known().orElse(stale.value());
    }

    /** The end of the fetch in flight, or of one that begins now, if it may. */
    private Optional<CompletableFuture<Void>> fetch(BooleanSupplier permit) {
        synchronized (beginning) {
            if (running == null && !isPausing() && permit.getAsBoolean()) {
                begin();
            }
            return Optional.ofNullable(running);
        }
    }

    /** Others see the fetch before it can begin: who is served the old document does not wait for it. */
    private void begin() {
        var end = new CompletableFuture<Void>();
        running = end;
        try {
            executor.execute(() -> fetch(end));
        } catch (RejectedExecutionException e) {
            over(end); // closed
        } catch (Error e) {
            over(end); // there may be a thread for it next time
            throw e;
        }
    }

    /** Whoever reads in the log that a fetch has ended can begin the next one. */
    private void fetch(CompletableFuture<Void> end) {
        try {
            var fetched = source.get();
            set(fetched);
            failure = null;
            over(end);
            LOG.log(Level.DEBUG, "Fetched the provider''s {0}; fresh for {1}", name, seconds(fetched.lifetime()));
        } catch (RuntimeException e) {
            var pause = nextPause();
            failure = new Failure(e, pause, clock.instant().plus(pause));
            var level =
                    served().isEmpty() ? Level.DEBUG : Level.WARNING; // without a document, those who need it say so
            over(end);
            LOG.log(level, "No {0} from the provider, next attempt in {1}: {2}", name, seconds(pause), problem(e));
        } finally {
            over(end);
        }
    }

    private void over(CompletableFuture<Void> end) {
        synchronized (beginning) {
            if (!end.isDone()) {
                running = null;
                end.complete(null);
            }
        }
    }

    /** Messages of others could hold anything. */
    private static String problem(RuntimeException failure) {
        return failure instanceof OidcException known
                ? Printable.of(String.valueOf(known.getMessage()))
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
        var last = failure;
        if (last == null) {
            return new ProviderUnavailableException(
                    Reason.PROVIDER_UNREACHABLE, "no " + name + " from the provider in time", FIRST_PAUSE, null);
        }
        var reason = last.cause() instanceof OidcException known ? known.reason() : Reason.INTERNAL;
        var remaining = Duration.between(clock.instant(), last.until());
        var retryAfter = remaining.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : remaining;
        var message = "no " + name + " from the provider: " + problem(last.cause());
        return new ProviderUnavailableException(reason, message, retryAfter, last.cause());
    }
}
