// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;

@Timeout(30)
class CachedTest {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Supplier<String> document = () -> "v" + fetches.get();
    private final Cached<String> cached = new Cached<>("document", this::fetch, clock);

    private Cached.Fetched<String> fetch() {
        fetches.incrementAndGet();
        return new Cached.Fetched<>(document.get(), LIFETIME);
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
        assertEquals("v1", cached.get());
        clock.advance(LIFETIME.minusMillis(1));
        assertEquals("v1", cached.get());
        clock.advance(Duration.ofMillis(1));
        assertEquals("v2", cached.get());
        assertEquals(Optional.of("v2"), cached.known());
    }

    @Test
    void keepsTheOldDocumentWhenTheNewOneIsBad() {
        assertEquals("v1", cached.get());
        clock.advance(LIFETIME);
        document = CachedTest::fail;
        assertEquals("v1", cached.get());
        assertEquals(2, fetches.get());
        assertEquals("v1", cached.get());
        assertEquals(2, fetches.get(), "no second attempt during the pause");
        document = () -> "good again";
        clock.advance(Duration.ofSeconds(1));
        assertEquals("good again", cached.get());
    }

    @Test
    void failsAtOnceDuringAPauseThatDoublesUpToAMinute() {
        document = CachedTest::fail;
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = fetches.get();
            var failure = assertThrows(ProviderUnavailableException.class, cached::get);
            assertEquals(Reason.METADATA_ISSUER, failure.reason());
            assertEquals(Duration.ofSeconds(pause), failure.retryAfter());
            clock.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThrows(ProviderUnavailableException.class, cached::get);
            assertEquals(before + 1, fetches.get());
            clock.advance(Duration.ofMillis(1));
        }
        document = () -> "up";
        assertEquals("up", cached.get());
    }

    @Test
    void startsWithAShortPauseAgainAfterASuccess() {
        document = CachedTest::fail;
        assertThrows(ProviderUnavailableException.class, cached::get);
        clock.advance(Duration.ofSeconds(1));
        assertThrows(ProviderUnavailableException.class, cached::get);
        clock.advance(Duration.ofSeconds(2));
        document = () -> "up";
        assertEquals("up", cached.get());
        clock.advance(LIFETIME);
        document = CachedTest::fail;
        assertEquals("up", cached.get());
        clock.advance(Duration.ofSeconds(1));
        document = () -> "up again";
        assertEquals("up again", cached.get());
    }

    @Test
    void takesAnUnexpectedExceptionForAFailureToo() {
        document = () -> {
            throw new IllegalStateException("bug in a sender");
        };
        assertEquals(
                Reason.INTERNAL,
                assertThrows(ProviderUnavailableException.class, cached::get).reason());
        assertThrows(ProviderUnavailableException.class, cached::get);
        assertEquals(1, fetches.get());
    }

    @Test
    void fetchesOnceForAllWhoNeedTheFirstDocument() throws Exception {
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        var answers = new ArrayList<Future<String>>();
        for (int i = 0; i < 50; i++) {
            answers.add(threads.submit(cached::get));
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
    void servesTheOldDocumentWhileOneThreadFetchesTheNewOne() throws Exception {
        assertEquals("v1", cached.get());
        clock.advance(LIFETIME);
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        document = () -> blocked(started, released);
        var refreshing = threads.submit(cached::get);
        assertTrue(started.await(10, TimeUnit.SECONDS));
        assertEquals("v1", cached.get());
        released.countDown();
        assertEquals("slow", refreshing.get(10, TimeUnit.SECONDS));
        assertEquals("slow", cached.get());
        assertEquals(2, fetches.get());
    }

    @Test
    void fetchesAgainWhenSomebodyNeedsANewerDocument() {
        var seen = cached.get();
        assertEquals("v2", cached.newerThan(seen, () -> true));
        assertEquals("v2", cached.newerThan(seen, () -> true), "what came meanwhile is newer already");
        assertEquals(2, fetches.get());
    }

    @Test
    void doesNotFetchAgainWithoutPermit() {
        var seen = cached.get();
        assertEquals(seen, cached.newerThan(seen, () -> false));
        assertEquals(1, fetches.get());
    }

    @Test
    void keepsTheOldDocumentWhenTheNewerOneCannotBeHad() {
        var seen = cached.get();
        document = CachedTest::fail;
        assertEquals(seen, cached.newerThan(seen, () -> true));
        assertEquals(seen, cached.newerThan(seen, () -> true));
        assertEquals(2, fetches.get(), "the pause holds here, too");
        assertEquals(seen, cached.get());
    }
}
