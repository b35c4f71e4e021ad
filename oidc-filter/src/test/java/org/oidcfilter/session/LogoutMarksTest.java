// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

class LogoutMarksTest {
    private static final Duration LIFETIME = Duration.ofHours(8);

    private final MovingClock clock = new MovingClock();
    private final InMemorySharedState engine = new InMemorySharedState(clock);
    private final LogoutMarks marks =
            new LogoutMarks(engine, new LogoutMarks.Scope("shop", LIFETIME, false, false), clock);

    @Test
    @Tag("LO-22")
    void theSessionsOfAnotherProviderAreNotMeant() {
        var other = new LogoutMarks(engine, new LogoutMarks.Scope("other", LIFETIME, false, false), clock);
        other.store(other.now(Optional.empty(), Optional.of("s1")));
        assertFalse(marks.end(session("alice", Optional.of("s1"))));
        assertTrue(other.end(session("alice", Optional.of("s1"))));
    }

    @Test
    void aSessionEndsByItsSidItsSubjectOrBoth() {
        marks.store(marks.now(Optional.empty(), Optional.of("s1")));
        marks.store(marks.now(Optional.of("bob"), Optional.empty()));
        marks.store(marks.now(Optional.of("carol"), Optional.of("s3")));
        assertTrue(marks.end(session("alice", Optional.of("s1"))));
        assertFalse(marks.end(session("alice", Optional.of("s2"))));
        assertTrue(marks.end(session("bob", Optional.of("s2"))));
        assertTrue(marks.end(session("bob", Optional.empty())));
        assertTrue(marks.end(session("carol", Optional.of("s3"))));
        assertFalse(marks.end(session("alice", Optional.of("s3"))));
        assertFalse(marks.end(session("carol", Optional.of("s4"))));
    }

    @Test
    void aLoginThatStartedLaterIsNotMeantAndOneAtTheSameMomentIs() {
        marks.store(marks.now(Optional.of("alice"), Optional.empty()));
        assertTrue(marks.end(session("alice", Optional.empty())));
        clock.move(Duration.ofMillis(1));
        assertFalse(marks.end(session("alice", Optional.empty())));
    }

    @Test
    void theEndOfASessionThatBeganOnAClockThatIsAheadIsItsEnd() {
        var copies = new LogoutMarks(engine, new LogoutMarks.Scope("shop", LIFETIME, false, true), clock);
        clock.move(Duration.ofSeconds(5));
        var session = session("alice", Optional.empty());
        clock.move(Duration.ofSeconds(-3));
        copies.storeEnd(session);
        assertTrue(copies.end(session));
    }

    @Test
    void ofLogoutsThatCouldNotBeStoredTheLatestAreRemembered() {
        var unstored = new UnstoredMarks(marks::store, LIFETIME, clock);
        var alice = session("alice", Optional.empty());
        var bob = session("bob", Optional.empty());
        unstored.add("alice", marks.now(Optional.of("alice"), Optional.empty()));
        clock.move(Duration.ofMillis(1));
        unstored.add("bob", marks.now(Optional.of("bob"), Optional.empty()));
        for (var i = 0; i < UnstoredMarks.MOST - 1; i++) {
            clock.move(Duration.ofMillis(1));
            unstored.add("user-" + i, marks.now(Optional.of("user-" + i), Optional.empty()));
        }
        assertFalse(unstored.end(alice));
        assertTrue(unstored.end(bob));
        clock.move(LIFETIME);
        unstored.add("carol", marks.now(Optional.of("carol"), Optional.empty()));
        assertFalse(unstored.end(bob), "no session lives as long");
    }

    @Test
    void noNameCanPassForAnother() {
        marks.store(LogoutMark.at(clock.instant(), Optional.of("a 1 b"), Optional.empty()));
        assertFalse(marks.end(session("a", Optional.of("b"))));
        assertFalse(marks.end(session("a 1 b ", Optional.empty())));
        marks.store(LogoutMark.at(clock.instant(), Optional.empty(), Optional.of("ä".repeat(300))));
        assertTrue(marks.end(session("x", Optional.of("ä".repeat(300)))));
        assertFalse(marks.end(session("x", Optional.of("ä".repeat(299)))));
    }

    @Test
    @Tag("DS-06")
    void aTokenIsRememberedNoLongerThanItCouldBeAccepted() {
        for (var i = 0; i < 10_000; i++) {
            marks.remember("jti-" + i, clock.instant().plusSeconds(60));
        }
        assertTrue(marks.knows("jti-1"));
        assertEquals(10_000, engine.remembered());
        clock.move(Duration.ofSeconds(60));
        assertFalse(marks.knows("jti-1"));
        assertEquals(0, engine.remembered());
        marks.remember("late", clock.instant());
        assertEquals(0, engine.remembered());
    }

    private OidcSession session(String subject, Optional<String> sid) {
        var now = clock.instant();
        return new OidcSession(
                new OidcSession.Identity("https://id.example", subject, sid, subject, Set.of()),
                new OidcSession.Tokens(
                        Secret.of("a.b.c"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(now, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(now, now, now.plusSeconds(3600)));
    }
}
