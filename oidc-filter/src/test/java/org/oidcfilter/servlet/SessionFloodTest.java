// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

/** Group DS of docs/attacks.md: what many sessions could use up. */
class SessionFloodTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    @Tag("DS-05")
    void theIndexIsEmptyOnceAllSessionsAreOver() {
        var index = new SessionIndex();
        for (var round = 0; round < 5; round++) {
            var events = new ArrayList<Map.Entry<StoredSession, HttpSessionBindingEvent>>();
            for (var i = 0; i < 20_000; i++) {
                var http = Fake.of(HttpSession.class, Map.of("getId", "id-" + i));
                var stored = new StoredSession(session("user-" + i / 4, "sid-" + i), index);
                var event = new HttpSessionBindingEvent(http, "ours", stored);
                stored.valueBound(event);
                events.add(Map.entry(stored, event));
            }
            assertEquals(20_000, index.size());
            events.forEach(entry -> entry.getKey().valueUnbound(entry.getValue()));
            assertEquals(0, index.size());
        }
        assertEquals(0, index.end(new LogoutMark(Optional.empty(), Optional.of("sid-1"), NOW)));
    }

    @Test
    @Tag("DS-10")
    void whoChangesOneSessionKeepsNobodyFromChangingAnother() throws Exception {
        var inside = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(8);
        try {
            var slow = threads.submit(() -> SessionLocks.alone("a", () -> {
                inside.countDown();
                return await(released);
            }));
            await(inside);
            for (var id : List.of("b", "c", "d", "e")) {
                assertEquals(
                        id,
                        threads.submit(() -> SessionLocks.alone(id, () -> id)).get(20, TimeUnit.SECONDS));
            }
            released.countDown();
            assertTrue(slow.get(20, TimeUnit.SECONDS));
        } finally {
            released.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("DS-10")
    void aThousandThreadsThatEachNeedTwoLocksAllGetThem() throws Exception {
        var start = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(1000);
        var counter = new AtomicInteger();
        try {
            var changes = new ArrayList<Future<Boolean>>();
            for (var i = 0; i < 1000; i++) {
                var one = "id-" + i % 7;
                var other = "id-" + (i + 1) % 5;
                changes.add(threads.submit(() -> {
                    await(start);
                    return SessionLocks.alone(one, other, () -> counter.incrementAndGet() > 0);
                }));
            }
            start.countDown();
            for (var change : changes) {
                assertTrue(change.get(30, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1000, counter.get());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OidcSession session(String subject, String sid) {
        return new OidcSession(
                new OidcSession.Identity("https://id.example", subject, Optional.of(sid), subject, Set.of()),
                new OidcSession.Tokens(
                        Secret.of("token"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(NOW, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(NOW, NOW, NOW.plusSeconds(3600)));
    }
}
