// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.session.JCacheSharedState.Caches;

/** Two nodes on one real engine. */
class JCacheSharedStateTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MovingClock clock = new MovingClock();
    private final CachingProvider provider = Caching.getCachingProvider();
    private final CacheManager manager = provider.getCacheManager(
            provider.getDefaultURI(), new ClassLoader(getClass().getClassLoader()) {});
    private final Cache<String, String> marks = manager.createCache("marks", new MutableConfiguration<>());
    private final Cache<String, String> uses = manager.createCache("uses", new MutableConfiguration<>());
    private final JCacheSharedState one = new JCacheSharedState(() -> new Caches(marks, uses), clock);
    private final JCacheSharedState other = new JCacheSharedState(() -> new Caches(marks, uses), clock);

    @AfterEach
    void close() {
        manager.close();
    }

    private static boolean firstUse(JCacheSharedState node, String key) {
        return node.firstUse(key, MINUTE, RandomValue.next().reveal());
    }

    @Test
    void aClaimThatIsRepeatedBecauseNoAnswerCameIsTheSame() {
        assertTrue(one.firstUse("a", MINUTE, "claim-1"));
        assertFalse(other.firstUse("a", MINUTE, "claim-2"));
        assertTrue(one.firstUse("a", MINUTE, "claim-1"));
    }

    @Test
    void theFirstUseOnAnyNodeIsTheOnlyOne() {
        assertTrue(firstUse(one, "a"));
        assertFalse(firstUse(other, "a"));
        assertFalse(firstUse(one, "a"));
        assertTrue(firstUse(other, "b"));
    }

    @Test
    void aClaimHoldsForItsLifetimeAndNoLonger() {
        firstUse(one, "a");
        clock.move(MINUTE.minusMillis(1));
        assertFalse(firstUse(other, "a"));
        clock.move(Duration.ofMillis(1));
        assertTrue(firstUse(other, "a"));
        assertFalse(firstUse(one, "a"));
    }

    @Test
    void oneOfManyAtOnceIsFirstAndFirstAgainOnceItIsOver() throws Exception {
        assertEquals(1, firstsOf64());
        clock.move(MINUTE);
        assertEquals(1, firstsOf64());
    }

    private int firstsOf64() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var tries = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 64; i++) {
                var node = i % 2 == 0 ? one : other;
                tries.add(() -> firstUse(node, "contended"));
            }
            var firsts = 0;
            for (Future<Boolean> each : threads.invokeAll(tries, 30, TimeUnit.SECONDS)) {
                firsts += each.get() ? 1 : 0;
            }
            return firsts;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ofSeveralMarksTheLatestStaysForAsLongAsAnyOfThemHasTo() {
        one.mark("a", NOON, MINUTE.multipliedBy(2));
        other.mark("a", NOON.minusSeconds(5), MINUTE);
        assertEquals(Optional.of(NOON), other.marked(List.of("a")));
        other.mark("a", NOON.plusSeconds(5), MINUTE);
        assertEquals(Optional.of(NOON.plusSeconds(5)), one.marked(List.of("a")));
        clock.move(MINUTE.multipliedBy(2).minusMillis(1));
        assertEquals(Optional.of(NOON.plusSeconds(5)), one.marked(List.of("a")));
        clock.move(Duration.ofMillis(1));
        assertEquals(Optional.empty(), one.marked(List.of("a")));
    }

    @Test
    void aMarkThatIsOverDoesNotOutliveANewOne() {
        one.mark("a", NOON.plusSeconds(5), MINUTE);
        clock.move(MINUTE);
        one.mark("a", NOON, MINUTE);
        assertEquals(Optional.of(NOON), one.marked(List.of("a")));
    }

    @Test
    void marksAtOnceLeaveTheLatest() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var writes = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 64; i++) {
                var node = i % 2 == 0 ? one : other;
                var at = NOON.plusMillis(i * 37 % 64);
                writes.add(() -> {
                    node.mark("contended", at, MINUTE);
                    return true;
                });
            }
            for (var each : threads.invokeAll(writes, 30, TimeUnit.SECONDS)) {
                assertTrue(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(Optional.of(NOON.plusMillis(63)), one.marked(List.of("contended")));
    }

    @Test
    void severalKeysAreAskedForAtOnceAndTheLatestCounts() {
        one.mark("a", NOON, MINUTE);
        one.mark("b", NOON.plusSeconds(1), MINUTE);
        assertEquals(Optional.of(NOON.plusSeconds(1)), other.marked(List.of("a", "b", "c")));
        assertEquals(Optional.of(NOON), other.marked(Set.of("a", "c")));
        assertEquals(Optional.empty(), other.marked(Set.of("c")));
    }

    @Test
    void whatIsKeptIsThereForAllNodesUntilItsTimeIsOver() {
        assertEquals(Optional.empty(), other.kept("a"));
        one.keep("a", "first 1", MINUTE);
        one.keep("a", "second 2 ", MINUTE);
        assertEquals(Optional.of("second 2 "), other.kept("a"));
        assertTrue(firstUse(one, "a"), "another thing of the same name");
        clock.move(MINUTE);
        assertEquals(Optional.empty(), other.kept("a"));
    }

    @Test
    void whatSomebodyElseHasWrittenIsNotBelieved() {
        for (var foreign : List.of("", "x", "12345", "x y", "9999999999999 x")) {
            marks.put("a", foreign);
            assertThrows(IllegalStateException.class, () -> one.marked(List.of("a")), foreign);
        }
        uses.put("use a", "x");
        assertThrows(IllegalStateException.class, () -> firstUse(one, "a"));
    }

    @Test
    void theEngineHoldsStringsOnly() {
        firstUse(one, "a");
        one.mark("a", NOON, MINUTE);
        one.keep("a", "x", MINUTE);
        for (var cache : List.of(marks, uses)) {
            for (Cache.Entry<?, ?> entry : cache) {
                assertEquals(String.class, entry.getKey().getClass());
                assertEquals(String.class, entry.getValue().getClass());
            }
        }
    }
}
