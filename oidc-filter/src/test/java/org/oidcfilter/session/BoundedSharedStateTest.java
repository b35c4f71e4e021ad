// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Reason;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.session.JCacheSharedState.Caches;

/** An engine that hangs or fails, and what its callers see of that. */
class BoundedSharedStateTest {
    private static final Duration TIMEOUT = Duration.ofMillis(200);
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final List<String> KEYS = List.of("a");
    private static final Logger LOG = Logger.getLogger("org.oidcfilter");

    /** What the engine does before it answers. */
    private volatile Callable<?> engine = () -> "answers";

    /** Is told what is put. */
    private volatile Consumer<String> claimed = value -> {};

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Cache<String, String> cache = cache();
    private final BoundedSharedState state = new BoundedSharedState(
            new JCacheSharedState(() -> new Caches(cache, cache), new MovingClock()),
            TIMEOUT,
            new SharedStateThreads("test-", null),
            () -> {});

    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            log.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** A cache without entries, which does whatever the engine does. */
    private Cache<String, String> cache() {
        @SuppressWarnings("unchecked") // a proxy of a generic interface
        var cache = (Cache<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    if (method.getName().equals("putIfAbsent")) {
                        claimed.accept(String.valueOf(arguments[1]));
                    }
                    engine.call();
                    return answer(method.getName(), arguments);
                });
        return cache;
    }

    private static @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "putIfAbsent", "replace" -> true;
            // Infinispan asks so, and what Set.of() returns throws
            case "getAll" -> ((Set<?>) arguments[0]).contains(null) ? Map.of("null", "1 1") : Map.of();
            default -> null;
        };
    }

    @BeforeEach
    void listen() {
        LOG.addHandler(recorder);
    }

    @AfterEach
    void close() {
        over.countDown();
        state.close();
        LOG.removeHandler(recorder);
    }

    @Test
    void passesOnWhatTheEngineAnswers() {
        assertTrue(state.firstUse("a", BOUND));
        assertEquals(Optional.empty(), state.marked(KEYS));
        assertEquals(Optional.empty(), state.kept("a"));
        assertEquals(List.of(), log);
    }

    @Test
    void nobodyWaitsLongerThanDecidedForAnEngineThatHangsAndNobodyAtAllAfterwards() {
        hang();
        long start = System.nanoTime();
        var refusal = assertThrows(SharedStateException.class, () -> state.marked(KEYS));
        assertEquals(Reason.SHARED_STATE_UNAVAILABLE, refusal.reason());
        assertTrue(System.nanoTime() - start < BOUND.toNanos());
        waitInVain(2);
        var calls = asked.get();
        for (var i = 0; i < 100; i++) {
            assertThrows(SharedStateException.class, () -> state.firstUse("a", BOUND));
        }
        assertEquals(calls, asked.get(), "for a moment");
    }

    private void waitInVain(int times) {
        for (var i = 0; i < times; i++) {
            assertThrows(SharedStateException.class, () -> state.marked(KEYS));
        }
    }

    @Test
    void aCallWithoutAnAnswerIsNoReasonToRefuseOthersWhoGetOne() {
        for (var i = 0; i < 4; i++) {
            hang();
            waitInVain(2);
            engine = () -> "answers";
            assertEquals(Optional.empty(), state.kept("elsewhere"));
        }
        assertEquals(List.of(), log);
    }

    /** Without regard to interrupts, as a client may that has lost its server. */
    private void hang() {
        engine = () -> {
            while (over.getCount() > 0) {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
            }
            return "";
        };
    }

    @Test
    void aFloodOfRequestsHoldsFewThreads() throws Exception {
        hang();
        var threads = Executors.newFixedThreadPool(200);
        try {
            var requests = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 200; i++) {
                requests.add(() -> {
                    assertThrows(SharedStateException.class, () -> state.marked(KEYS));
                    return true;
                });
            }
            for (var each : threads.invokeAll(requests, 30, TimeUnit.SECONDS)) {
                assertTrue(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(asked.get() <= 64, asked + " threads");
    }

    @Test
    void recoversByItselfAndSaysSoOnce() throws Exception {
        hang();
        waitInVain(3);
        over.countDown();
        awaitAnswer();
        for (var i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), state.marked(KEYS));
        }
        assertEquals(2, log.size(), log::toString);
        assertTrue(log.get(0).startsWith("WARNING The shared state cannot be reached"), log::toString);
        assertTrue(log.get(1).startsWith("INFO The shared state can be reached again"), log::toString);
    }

    private void awaitAnswer() throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (System.nanoTime() < end) {
            try {
                state.marked(KEYS);
                return;
            } catch (SharedStateException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new AssertionError("it does not recover");
    }

    @Test
    void afterTheMomentOneCallTriesAgainAndTheOthersDoNotWaitForIt() throws Exception {
        hang();
        waitInVain(3);
        var calls = asked.get();
        var threads = Executors.newFixedThreadPool(20);
        try {
            var requests = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 20; i++) {
                requests.add(() -> {
                    while (asked.get() == calls) {
                        assertThrows(SharedStateException.class, () -> state.marked(KEYS));
                    }
                    assertThrows(SharedStateException.class, () -> state.marked(KEYS));
                    return true;
                });
            }
            for (var each : threads.invokeAll(requests, 30, TimeUnit.SECONDS)) {
                assertTrue(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(calls + 1, asked.get());
    }

    @Test
    void ofAFailureOnlyTheKindIsTold() {
        engine = () -> {
            throw new CacheException("redis://:the-password@cache", new IllegalStateException("the-password"));
        };
        var refusal = assertThrows(SharedStateException.class, () -> state.mark("a", java.time.Instant.EPOCH, BOUND));
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .startsWith(
                                "the engine failed with javax.cache.CacheException by java.lang.IllegalStateException"
                                        + " at org.oidcfilter.session.BoundedSharedStateTest."),
                refusal.getMessage());
        assertEquals(null, refusal.getCause());
        assertFalse(log.toString().contains("the-password"), log::toString);
    }

    @Test
    void afterAFailureTheNextCallAsksAgain() {
        engine = () -> {
            throw new CacheException();
        };
        assertThrows(SharedStateException.class, () -> state.marked(KEYS));
        assertThrows(SharedStateException.class, () -> state.marked(KEYS));
        assertEquals(1, log.size(), log::toString);
        engine = () -> "answers";
        assertEquals(Optional.empty(), state.marked(KEYS));
    }

    @Test
    void aClaimThatTheEngineHeardButDidNotAnswerIsRepeatedUnderTheSameNameOnce() {
        var names = new ArrayList<String>();
        claimed = names::add;
        engine = () -> {
            throw new CacheException();
        };
        assertThrows(SharedStateException.class, () -> state.firstUse("a", BOUND));
        engine = () -> "answers";
        state.firstUse("a", BOUND);
        state.firstUse("a", BOUND);
        assertEquals(names.get(0), names.get(1));
        assertNotEquals(names.get(1), names.get(2));
    }

    @Test
    void onceItIsClosedNobodyWaits() {
        state.close();
        assertThrows(SharedStateException.class, () -> state.marked(KEYS));
        assertEquals(0, asked.get());
    }
}
