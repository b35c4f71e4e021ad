// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InMemorySharedStateTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MovingClock clock = new MovingClock();
    private final InMemorySharedState state = new InMemorySharedState(clock);

    @Test
    void theFirstUseIsTheOnlyOne() {
        assertTrue(state.firstUse("a", MINUTE));
        assertFalse(state.firstUse("a", MINUTE));
        assertTrue(state.firstUse("b", MINUTE));
    }

    @Test
    void ofSeveralMarksTheLatestStaysForAsLongAsAnyOfThemHasTo() {
        var noon = Instant.parse("2026-01-01T12:00:00Z");
        assertEquals(Optional.empty(), state.marked(List.of("a")));
        state.mark("a", noon, MINUTE.multipliedBy(2));
        state.mark("a", noon.minusSeconds(5), MINUTE);
        assertEquals(Optional.of(noon), state.marked(List.of("a")));
        state.mark("a", noon.plusSeconds(5), MINUTE);
        assertEquals(Optional.of(noon.plusSeconds(5)), state.marked(List.of("a")));
        assertEquals(Optional.empty(), state.marked(List.of("b")));
        clock.move(MINUTE.multipliedBy(2).minusMillis(1));
        assertEquals(Optional.of(noon.plusSeconds(5)), state.marked(List.of("a")));
        clock.move(Duration.ofMillis(1));
        assertEquals(Optional.empty(), state.marked(List.of("a")));
    }

    @Test
    void remembersAClaimForItsLifetimeAndNoLonger() {
        state.firstUse("short", MINUTE);
        state.firstUse("long", MINUTE.multipliedBy(2));
        clock.move(MINUTE.minusMillis(1));
        assertFalse(state.firstUse("short", MINUTE));
        clock.move(Duration.ofMillis(1));
        assertTrue(state.firstUse("short", MINUTE));
        assertFalse(state.firstUse("long", MINUTE));
    }

    @Test
    void aRepeatedClaimDoesNotLiveLonger() {
        state.firstUse("a", MINUTE);
        clock.move(Duration.ofSeconds(59));
        assertFalse(state.firstUse("a", MINUTE));
        clock.move(Duration.ofSeconds(1));
        assertTrue(state.firstUse("a", MINUTE));
    }

    @Test
    void aFloodMakesNothingForgotten() {
        state.firstUse("used", MINUTE);
        for (var i = 0; i < 50_000; i++) {
            state.firstUse("flood " + i, MINUTE);
        }
        assertFalse(state.firstUse("used", MINUTE));
    }

    @Test
    void aClockThatIsSetBackMakesNothingUsableAgain() {
        state.firstUse("a", MINUTE);
        clock.move(Duration.ofHours(-1));
        assertFalse(state.firstUse("a", MINUTE));
    }

    @Test
    void oneOfManyAtOnceIsFirst() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var tries = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 64; i++) {
                tries.add(() -> state.firstUse("contended", MINUTE));
            }
            var firsts = 0;
            for (Future<Boolean> each : threads.invokeAll(tries, 30, TimeUnit.SECONDS)) {
                firsts += each.get() ? 1 : 0;
            }
            assertEquals(1, firsts);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("DS-05")
    @Tag("DS-06")
    void memoryReturns() {
        for (var i = 0; i < 1000; i++) {
            state.firstUse("old " + i, MINUTE);
        }
        clock.move(MINUTE.multipliedBy(3));
        state.firstUse("new", MINUTE);
        assertEquals(1, state.remembered());
    }
}
