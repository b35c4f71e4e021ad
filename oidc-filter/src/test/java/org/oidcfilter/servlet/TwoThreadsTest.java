// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.servlet.Container.Pause;

/**
 * Two threads in one container's session. The first is kept in the middle of what it does until the second is done, or has
 * to wait for it.
 */
class TwoThreadsTest {
    private static final String OURS = HttpSessionHandle.PREFIX + "ours";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Container container = new Container();
    private final SessionIndex index = new SessionIndex();
    private final Pause middle = new Pause();

    /** One of the two threads. */
    private record Side<T>(Thread thread, FutureTask<T> task) {
        static <T> Side<T> of(Callable<T> action) {
            var task = new FutureTask<>(action);
            var side = new Side<>(new Thread(task), task);
            side.thread.start();
            return side;
        }

        T get() throws Exception {
            return task.get(20, TimeUnit.SECONDS);
        }

        /** It waits for the lock that the other one has. */
        void awaitBlocked() {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (thread.getState() != Thread.State.BLOCKED) {
                assertTrue(thread.isAlive() && System.nanoTime() < end, "it did not have to wait");
                Thread.onSpinWait();
            }
        }
    }

    @BeforeEach
    void aliceIsLoggedIn() {
        handle().begin(session("alice", NOW));
    }

    @Test
    void aLogoutTokenThatComesDuringAChangeEndsWhatWasChanged() throws Exception {
        var change = Side.of(() -> handle().update(this::usedLaterAfterThePause));
        middle.awaitArrival();
        var token = Side.of(() -> index.end(mark()));
        token.awaitBlocked();
        middle.end();
        assertEquals(LATER, change.get().orElseThrow().times().lastUsedAt());
        assertEquals(1, token.get());
        assertNobody();
    }

    @Test
    @Tag("SE-21")
    void aChangeThatComesDuringALogoutTokenFindsNoSession() throws Exception {
        var token =
                Side.of(() -> ContainerSession.end(container.request().getSession(true), OURS, this::yesAfterThePause));
        middle.awaitArrival();
        var change = Side.of(() -> handle().update(stored -> Optional.of(stored.usedAt(LATER))));
        change.awaitBlocked();
        middle.end();
        assertTrue(token.get());
        assertEquals(Optional.empty(), change.get());
        assertNobody();
    }

    @Test
    void aLogoutDuringAChangeWaitsForNobodyAndNothingIsWrittenAfterwards() throws Exception {
        var change = Side.of(() -> handle().update(this::usedLaterAfterThePause));
        middle.awaitArrival();
        var logout = Side.of(() -> {
            handle().end();
            return true;
        });
        assertTrue(logout.get());
        middle.end();
        assertEquals(Optional.empty(), change.get());
        assertNobody();
    }

    @Test
    void theSecondOfTwoChangesIsMadeToWhatTheFirstHasLeft() throws Exception {
        var first = Side.of(() -> handle().update(this::usedLaterAfterThePause));
        middle.awaitArrival();
        var second = Side.of(() -> handle().update(stored ->
                Optional.of(stored.usedAt(stored.times().lastUsedAt().plusSeconds(1)))));
        second.awaitBlocked();
        middle.end();
        first.get();
        assertEquals(LATER.plusSeconds(1), second.get().orElseThrow().times().lastUsedAt());
        assertEquals(LATER.plusSeconds(1), stored().times().lastUsedAt());
    }

    @Test
    void twoWhoEndASessionAreOneWhoHasEndedIt() throws Exception {
        container.pauses.put("invalidate", middle);
        var token = Side.of(() -> index.end(mark()));
        middle.awaitArrival();
        handle().end();
        middle.end();
        assertEquals(1, token.get());
        assertNobody();
    }

    @Test
    void aLoginDuringAChangeOfTheOldSessionStays() throws Exception {
        var change = Side.of(() -> handle().update(this::usedLaterAfterThePause));
        middle.awaitArrival();
        var login = begins("alice");
        login.awaitBlocked();
        middle.end();
        change.get();
        login.get();
        assertEquals(session("alice", LATER).times(), stored().times());
    }

    @Test
    void aChangeDuringALoginIsMadeToTheNewSession() throws Exception {
        container.pauses.put("setAttribute", middle);
        var login = begins("alice");
        middle.awaitArrival();
        var change = Side.of(() -> handle().update(stored -> Optional.of(stored.usedAt(LATER.plusSeconds(1)))));
        change.awaitBlocked();
        middle.end();
        login.get();
        assertEquals(LATER, change.get().orElseThrow().times().loginStartedAt());
        assertEquals(LATER.plusSeconds(1), stored().times().lastUsedAt());
    }

    /** The old session says that it has ended before it is invalidated: the login comes between the two. */
    @ParameterizedTest
    @Tag("SE-16")
    @ValueSource(strings = {"logout token", "expiry"})
    void theEndOfAnOldSessionDoesNotTakeALoginAlongThatWasAboutToGoOnWithIt(String end) throws Exception {
        var decided = new Pause();
        container.pauses.put("changeSessionId", decided);
        var login = begins("alice");
        decided.awaitArrival();
        container.pauses.put("invalidate", middle);
        var old = Side.of(() -> ends(end));
        middle.awaitArrival();
        decided.end();
        login.get();
        middle.end();
        old.get();
        assertEquals(LATER, stored().times().loginStartedAt());
        assertEquals(1, index.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout token", "expiry"})
    void aLoginThatFindsItsSessionGoneBeginsAnother(String end) throws Exception {
        container.pauses.put("changeSessionId", middle);
        var login = begins("alice");
        middle.awaitArrival();
        ends(end);
        assertNobody();
        middle.end();
        login.get();
        assertEquals(LATER, stored().times().loginStartedAt());
    }

    @Test
    void aLogoutTokenForAliceDoesNotEndTheLoginOfBobThatOvertakesIt() throws Exception {
        var alices = container.request().getSession(true);
        var token = Side.of(() -> ContainerSession.end(alices, OURS, this::yesAfterThePause));
        middle.awaitArrival();
        begins("bob").get();
        middle.end();
        token.get();
        assertEquals("bob", stored().identity().subject());
        assertEquals(1, index.size());
    }

    @Test
    void aLogoutTokenDuringALoginThatItDoesNotMeanLeavesIt() throws Exception {
        container.pauses.put("setAttribute", middle);
        var login = begins("alice");
        middle.awaitArrival();
        var token = Side.of(() -> index.end(mark()));
        token.awaitBlocked();
        middle.end();
        login.get();
        assertEquals(0, token.get());
        assertEquals(LATER, stored().times().loginStartedAt());
    }

    @Test
    void twoChangesOfIdsNeverWaitForEachOther() throws Exception {
        var one = Side.of(() -> changes("a", "b"));
        var other = Side.of(() -> changes("b", "a"));
        assertEquals(100_000, one.get() + other.get());
        assertEquals("done", SessionLocks.alone("a", "a", () -> "done"));
    }

    private static int changes(String oldId, String newId) {
        var done = 0;
        for (var i = 0; i < 50_000; i++) {
            done += SessionLocks.alone(oldId, newId, () -> 1);
        }
        return done;
    }

    private boolean ends(String how) {
        return how.equals("expiry")
                ? handle().update(stored -> Optional.empty()).isEmpty()
                : index.end(mark()) > 0;
    }

    private Side<String> begins(String subject) {
        return Side.of(() -> {
            handle().begin(session(subject, LATER));
            return subject;
        });
    }

    private Optional<OidcSession> usedLaterAfterThePause(OidcSession stored) {
        middle.here();
        return Optional.of(stored.usedAt(LATER));
    }

    private boolean yesAfterThePause(OidcSession stored) {
        middle.here();
        return true;
    }

    private HttpSessionHandle handle() {
        return new HttpSessionHandle(container.request(), new HttpSessionHandle.Place(OURS, index));
    }

    private void assertNobody() {
        assertNull(container.id);
        assertTrue(container.attributes.isEmpty());
        assertEquals(0, index.size());
    }

    private OidcSession stored() {
        return ((StoredSession) Objects.requireNonNull(container.attributes.get(OURS)))
                .content()
                .orElseThrow();
    }

    /** Ends Alice's first login, not the second. */
    private static LogoutMark mark() {
        return new LogoutMark(Optional.of("alice"), Optional.empty(), NOW);
    }

    private static OidcSession session(String subject, Instant startedAt) {
        return new OidcSession(
                new OidcSession.Identity("https://id.example", subject, Optional.empty(), subject, Set.of()),
                new OidcSession.Tokens(
                        Secret.of("token of " + subject),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(startedAt, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(startedAt, startedAt, startedAt.plusSeconds(3600)));
    }
}
