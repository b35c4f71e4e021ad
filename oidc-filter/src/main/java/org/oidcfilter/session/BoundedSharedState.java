// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.SharedState;
import org.oidcfilter.SharedStateException;

/**
 * An engine that may hang or fail, so that nobody waits for it longer than decided. After several answers in a row that did not
 * come in time everybody is refused at once for a moment; then one call tries again, and when it succeeds all is well. One
 * that did not come says little: it may be a part of the engine that others do not need, or a pause.
 */
final class BoundedSharedState implements SharedState, AutoCloseable {
    private static final Logger LOG = System.getLogger("org.oidcfilter");
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A thread each. An engine that answers needs few; one that hangs gets no more. */
    private static final int MOST_CALLS = 64;

    /** So many calls without an answer, and none with one in between, are an outage. */
    private static final int SEVERAL = 3;

    private static final int MOST_CLAIMS = 10_000;

    private final JCacheSharedState state;
    private final AutoCloseable engine;
    private final Duration timeout;
    private final ExecutorService threads;
    /** Claims without an answer: the engine may have heard them all the same, and refuse whoever tries again. */
    private final Cache<String, String> claims = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .maximumSize(MOST_CLAIMS)
            .executor(Runnable::run)
            .build();

    private final Semaphore calls = new Semaphore(MOST_CALLS);
    private final AtomicBoolean probing = new AtomicBoolean();
    private final AtomicBoolean outage = new AtomicBoolean();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean hanging;
    private volatile long hangsUntil;

    /**
     * @param timeout how long a caller waits
     * @param threads makes the threads that ask the engine
     * @param engine what {@code state} is kept in; closed with this
     */
    BoundedSharedState(JCacheSharedState state, Duration timeout, ThreadFactory threads, AutoCloseable engine) {
        this.state = state;
        this.timeout = timeout;
        this.engine = engine;
        this.threads = Executors.newCachedThreadPool(threads);
    }

    @Override
    public boolean firstUse(String key, Duration lifetime) {
        var earlier = claims.asMap().remove(key);
        var claim = earlier != null ? earlier : RandomValue.next().reveal();
        try {
            return bounded(() -> state.firstUse(key, lifetime, claim));
        } catch (SharedStateException e) {
            claims.put(key, claim);
            throw e;
        }
    }

    @Override
    public void mark(String key, Instant at, Duration lifetime) {
        bounded(() -> {
            state.mark(key, at, lifetime);
            return true;
        });
    }

    @Override
    public Optional<Instant> marked(Collection<String> keys) {
        return bounded(() -> state.marked(keys));
    }

    @Override
    public void keep(String key, String value, Duration lifetime) {
        bounded(() -> {
            state.keep(key, value, lifetime);
            return true;
        });
    }

    @Override
    public Optional<String> kept(String key) {
        return bounded(() -> state.kept(key));
    }

    /** Nobody gets an answer any more. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            engine.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, () -> engine + " could not be closed: " + kinds(e));
        }
    }

    /** What the operator knows the engine by. */
    @Override
    public String toString() {
        return engine.toString();
    }

    private <T> T bounded(Supplier<T> call) {
        var probe = hanging;
        if (probe && (System.nanoTime() - hangsUntil < 0 || !probing.compareAndSet(false, true))) {
            throw new SharedStateException("the engine gave no answer a moment ago", PAUSE, null);
        }
        try {
            var answer = answer(call);
            answers();
            return answer;
        } finally {
            if (probe) {
                probing.set(false);
            }
        }
    }

    private <T> T answer(Supplier<T> call) {
        long end = System.nanoTime() + timeout.toNanos();
        var task = new FutureTask<>(call::get);
        try {
            if (!calls.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw hangs(true);
            }
            start(task);
            return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw hangs(unanswered.incrementAndGet() >= SEVERAL);
        } catch (ExecutionException e) {
            throw fails(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SharedStateException("interrupted while waiting for the engine", PAUSE, e);
        } finally {
            task.cancel(true);
        }
    }

    /** The call counts until its thread is free, whether or not anybody waits for it still. */
    private void start(FutureTask<?> task) {
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    calls.release();
                }
            });
        } catch (RejectedExecutionException e) {
            calls.release();
            throw new SharedStateException("the application is being stopped", PAUSE, e);
        }
    }

    /** @param all whether others would wait in vain, too */
    private SharedStateException hangs(boolean all) {
        var message = "the engine gave no answer within " + timeout.toMillis() + " ms";
        if (all || hanging) {
            hangsUntil = System.nanoTime() + PAUSE.toNanos();
            hanging = true;
            noteOutage(message);
        }
        return new SharedStateException(message, PAUSE, null);
    }

    /** The message of an engine could hold anything, and so could its causes. */
    private SharedStateException fails(@Nullable Throwable cause) {
        var message = cause instanceof SharedStateException ours
                ? String.valueOf(ours.getMessage())
                : "the engine failed with " + kinds(cause);
        noteOutage(message);
        return new SharedStateException(message, PAUSE, null);
    }

    private void answers() {
        unanswered.set(0);
        hanging = false;
        if (outage.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "The shared state can be reached again");
        }
    }

    private void noteOutage(String message) {
        if (outage.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    () -> "The shared state cannot be reached: " + message
                            + ". It is tried again with every request, or every second if it hangs");
        }
    }

    /** The classes of an exception and its causes, and where the last of these happened. */
    static String kinds(@Nullable Throwable failure) {
        var kinds = new StringBuilder();
        var place = "";
        var cause = failure;
        for (var i = 0; cause != null && i < 5; i++) {
            kinds.append(i == 0 ? "" : " by ").append(cause.getClass().getName());
            place = place(cause);
            cause = cause.getCause();
        }
        return kinds + place;
    }

    private static String place(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }
}
