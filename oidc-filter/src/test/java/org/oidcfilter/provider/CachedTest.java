// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;

@Timeout(30)
class CachedTest {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Supplier<String> document = () -> "v" + fetches.get();
    private final Cached<String> cached = new Cached<>("document", this::fetch, threads, clock);

    private Cached.Fetched<String> fetch() {
        fetches.incrementAndGet();
        return new Cached.Fetched<>(document.get(), LIFETIME);
    }

    private String get() {
        return cached.get(Deadline.in(AMPLE));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMillis(100));
    }

    private static String fail() {
        throw new InvalidResponseException(Reason.METADATA_ISSUER, "wrong issuer");
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void fetchesNothingBeforeItIsAskedFor() {
        assertEquals(Optional.empty(), cached.known());
        assertEquals(0, fetches.get());
    }

    @Test
    void servesOneFetchForAsLongAsItIsFresh() {
        assertEquals("v1", get());
        clock.advance(LIFETIME.minusMillis(1));
        assertEquals("v1", get());
        clock.advance(Duration.ofMillis(1));
        assertEquals("v2", get());
        assertEquals(Optional.of("v2"), cached.known());
    }

    @Test
    void keepsTheOldDocumentWhenTheNewOneIsBad() {
        assertEquals("v1", get());
        clock.advance(LIFETIME);
        document = CachedTest::fail;
        assertEquals("v1", get());
        assertEquals(2, fetches.get());
        assertEquals("v1", get());
        assertEquals(2, fetches.get(), "no second attempt during the pause");
        document = () -> "good again";
        clock.advance(Duration.ofSeconds(1));
        assertEquals("good again", get());
    }

    @Test
    @Tag("JK-03")
    void servesNoDocumentThatIsADayOverdue() {
        assertEquals("v1", get());
        document = CachedTest::fail;
        clock.advance(LIFETIME.plusHours(24).minusMillis(1));
        assertEquals("v1", get());
        assertEquals(Optional.of("v1"), cached.known());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), cached.known());
        var failure = assertThrows(ProviderUnavailableException.class, this::get);
        assertEquals(Reason.METADATA_ISSUER, failure.reason());
        assertThrows(ProviderUnavailableException.class, () -> cached.get(old -> true, () -> true, Deadline.in(AMPLE)));
        document = () -> "good again";
        clock.advance(Duration.ofSeconds(1));
        assertEquals("good again", get());
    }

    @Test
    void masksWhatAProblemQuotes() {
        document = () -> {
            throw new InvalidResponseException(Reason.METADATA_ISSUER, "got\r\n[fake] \u202E" + "x".repeat(300));
        };
        var failure = assertThrows(ProviderUnavailableException.class, this::get);
        assertEquals("no document from the provider: got??[fake] ?" + "x".repeat(187) + "...", failure.getMessage());
    }

    @Test
    void failsAtOnceDuringAPauseThatDoublesUpToAMinute() {
        document = CachedTest::fail;
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = fetches.get();
            var failure = assertThrows(ProviderUnavailableException.class, this::get);
            assertEquals(Reason.METADATA_ISSUER, failure.reason());
            assertEquals(Duration.ofSeconds(pause), failure.retryAfter());
            clock.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThrows(ProviderUnavailableException.class, this::get);
            assertEquals(before + 1, fetches.get());
            clock.advance(Duration.ofMillis(1));
        }
        document = () -> "up";
        assertEquals("up", get());
    }

    @Test
    void startsWithAShortPauseAgainAfterASuccess() {
        document = CachedTest::fail;
        assertThrows(ProviderUnavailableException.class, this::get);
        clock.advance(Duration.ofSeconds(1));
        assertThrows(ProviderUnavailableException.class, this::get);
        clock.advance(Duration.ofSeconds(2));
        document = () -> "up";
        assertEquals("up", get());
        clock.advance(LIFETIME);
        document = CachedTest::fail;
        assertEquals("up", get());
        clock.advance(Duration.ofSeconds(1));
        document = () -> "up again";
        assertEquals("up again", get());
    }

    @Test
    void takesAnUnexpectedExceptionForAFailureToo() {
        document = () -> {
            throw new IllegalStateException("bug in a sender");
        };
        assertEquals(
                Reason.INTERNAL,
                assertThrows(ProviderUnavailableException.class, this::get).reason());
        assertThrows(ProviderUnavailableException.class, this::get);
        assertEquals(1, fetches.get());
    }

    @Test
    void fetchesOnceForAllWhoNeedTheFirstDocument() throws Exception {
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        var answers = new ArrayList<Future<String>>();
        for (int i = 0; i < 50; i++) {
            answers.add(threads.submit(() -> get()));
        }
        assertTrue(started.await(10, TimeUnit.SECONDS));
        released.countDown();
        for (var answer : answers) {
            assertEquals("slow", answer.get(10, TimeUnit.SECONDS));
        }
        assertEquals(1, fetches.get());
    }

    private static String blocked(CountDownLatch started, CountDownLatch released) {
        started.countDown();
        try {
            assertTrue(released.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "slow";
    }

    @Test
    @Tag("DS-10")
    void servesTheOldDocumentWhileOneThreadFetchesTheNewOne() throws Exception {
        assertEquals("v1", get());
        clock.advance(LIFETIME);
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        var refreshing = threads.submit(() -> get());
        assertTrue(started.await(10, TimeUnit.SECONDS));
        assertEquals("v1", get());
        released.countDown();
        assertEquals("slow", refreshing.get(10, TimeUnit.SECONDS));
        assertEquals("slow", get());
        assertEquals(2, fetches.get());
    }

    /** Another thread asks at the very moment at which the fetch is handed over. */
    @Test
    @Tag("DS-10")
    void nobodyWaitsForAFetchThatIsOnlyJustHandedOver() {
        var handing = new Executor[] {Runnable::run};
        var handed = new Cached<>("document", this::fetch, work -> handing[0].execute(work), clock);
        assertEquals("v1", handed.get(Deadline.in(AMPLE)));
        clock.advance(LIFETIME);
        var seen = new ArrayList<String>();
        handing[0] = work -> {
            var other = threads.submit(() -> handed.get(Deadline.in(AMPLE)));
            seen.add(assertDoesNotThrow(() -> other.get(10, TimeUnit.SECONDS)));
            work.run();
        };
        assertEquals("v2", handed.get(Deadline.in(AMPLE)));
        assertEquals(List.of("v1"), seen, "the old document, at once");
    }

    /** The executor says so when the machine has no room for another thread. */
    @Test
    void aFetchThatGetsNoThreadIsTriedAgain() {
        var full = new AtomicBoolean(true);
        var crowded = new Cached<>(
                "document",
                this::fetch,
                work -> {
                    if (full.getAndSet(false)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    work.run();
                },
                clock);
        assertThrows(OutOfMemoryError.class, () -> crowded.get(Deadline.in(AMPLE)));
        assertEquals("v1", crowded.get(Deadline.in(AMPLE)));
        clock.advance(LIFETIME);
        assertEquals("v2", crowded.get(Deadline.in(AMPLE)), "also if it runs at once");
    }

    private String get(String wanted, boolean permitted) {
        return cached.get(wanted::equals, () -> permitted, Deadline.in(AMPLE));
    }

    @Test
    void fetchesAgainWhereTheDocumentDoesNotSuffice() {
        assertEquals("v1", get());
        assertEquals("v2", get("v2", true));
        assertEquals("v2", get("v2", true), "what came meanwhile suffices");
        assertEquals(2, fetches.get());
        assertEquals("v3", get("v9", true), "once, whatever it brings");
        assertEquals(3, fetches.get());
    }

    @Test
    void doesNotFetchAgainWithoutPermit() {
        assertEquals("v1", get());
        assertEquals("v1", get("v2", false));
        assertEquals(1, fetches.get());
    }

    @Test
    void saysThatTheProviderIsGoneWhereTheDocumentDoesNotSuffice() {
        assertEquals("v1", get());
        document = CachedTest::fail;
        for (int i = 0; i < 2; i++) {
            var failure = assertThrows(ProviderUnavailableException.class, () -> get("v2", true));
            assertEquals(Reason.METADATA_ISSUER, failure.reason());
        }
        assertEquals(2, fetches.get(), "the pause holds here, too");
        assertEquals("v1", get("v1", true));
        assertEquals("v1", get());
    }

    /** The provider rotates its keys while a fetch that began before is on its way. */
    @Test
    void doesNotTrustAFetchThatBeganBeforeItWasAsked() throws Exception {
        assertEquals("v1", get());
        clock.advance(LIFETIME);
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        var early = threads.submit(() -> get());
        assertTrue(started.await(10, TimeUnit.SECONDS));
        document = () -> "rotated";
        var late = threads.submit(() -> get("rotated", true));
        released.countDown();
        assertEquals("rotated", late.get(10, TimeUnit.SECONDS));
        assertTrue(List.of("slow", "rotated").contains(early.get(10, TimeUnit.SECONDS)));
        assertEquals(3, fetches.get());
    }

    @Test
    void nobodyWaitsBeyondItsDeadlineAndTheFetchIsNotInVain() throws Exception {
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        for (int i = 0; i < 2; i++) {
            var failure = assertThrows(ProviderUnavailableException.class, () -> cached.get(soon()));
            assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
        }
        var patient = threads.submit(() -> get());
        released.countDown();
        assertEquals("slow", patient.get(10, TimeUnit.SECONDS));
        assertEquals("slow", get());
        assertEquals(1, fetches.get());
    }

    @Test
    void anOldDocumentLeavesTimeForTheRest() throws Exception {
        assertEquals("v1", get());
        clock.advance(LIFETIME);
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        var deadline = Deadline.in(Duration.ofSeconds(4));
        assertEquals("v1", cached.get(deadline));
        assertTrue(deadline.remaining().compareTo(Duration.ofMillis(500)) > 0, "about two seconds");
        assertThrows(ProviderUnavailableException.class, () -> cached.get("v2"::equals, () -> true, soon()));
        released.countDown();
    }

    /** Until a fetch has succeeded only those wait who begin one: no crowd of waiting requests each time. */
    @Test
    void afterAFailureNobodyWaitsForTheFetchOfAnother() throws Exception {
        document = CachedTest::fail;
        assertThrows(ProviderUnavailableException.class, this::get);
        clock.advance(Duration.ofSeconds(1));
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        var first = threads.submit(() -> get());
        assertTrue(started.await(10, TimeUnit.SECONDS));
        var failure = assertThrows(ProviderUnavailableException.class, this::get);
        assertEquals(Reason.METADATA_ISSUER, failure.reason());
        released.countDown();
        assertEquals("slow", first.get(10, TimeUnit.SECONDS));
    }

    @Test
    void stopsWaitingWhenTheThreadIsInterruptedAndKeepsTheFlag() {
        var released = new CountDownLatch(1);
        document = () -> blocked(new CountDownLatch(1), released);
        Thread.currentThread().interrupt();
        assertThrows(ProviderUnavailableException.class, this::get);
        assertTrue(Thread.interrupted());
        released.countDown();
    }

    @Test
    void failsAtOnceWhenItIsClosed() {
        threads.shutdownNow();
        assertThrows(ProviderUnavailableException.class, this::get);
        assertEquals(0, fetches.get());
    }
}
