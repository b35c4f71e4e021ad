// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpSessionEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

class HttpSessionHandleTest {
    private static final String OURS = HttpSessionHandle.PREFIX + "ours";
    private static final String OTHERS = HttpSessionHandle.PREFIX + "others";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Container container = new Container();
    private final SessionIndex index = new SessionIndex();
    private final HttpSessionHandle handle = handle();

    private HttpSessionHandle handle() {
        return new HttpSessionHandle(container.request(), new HttpSessionHandle.Place(OURS, index));
    }

    @Test
    @Tag("SE-01")
    void aNewSessionDoesNotKeepAnIdThatTheBrowserBrought() {
        container.nextId = "planted";
        handle.begin(session("alice"));
        assertNotEquals("planted", container.id);
        assertEquals("alice", subject());
    }

    @Test
    @Tag("SE-01")
    void anAnonymousSessionIsGoneOnUnderAnotherId() {
        container.create("known-before");
        container.attributes.put("basket", "apples");
        handle.begin(session("alice"));
        assertNotEquals("known-before", container.id);
        assertEquals("apples", container.attributes.get("basket"));
    }

    @Test
    @Tag("SE-16")
    void whatOnePersonLeftIsNotHandedToTheNext() {
        handle.begin(session("alice"));
        container.attributes.put("basket", "alice's");
        handle.begin(session("bob"));
        assertEquals(Set.of(OURS), container.attributes.keySet());
        assertEquals("bob", subject());
    }

    @Test
    @Tag("SE-02")
    void anIdFromTheUrlNeitherAuthenticatesNorSurvivesALogin() {
        handle.begin(session("alice"));
        container.idFromUrl = true;
        var next = handle();
        assertEquals(Optional.empty(), next.load());
        container.attributes.put("basket", "planted");
        next.begin(session("alice"));
        assertEquals(Set.of(OURS), container.attributes.keySet());
    }

    @Test
    void anEndTakesTheApplicationsDataAlongAndLeavesOtherFiltersTheirs() {
        handle.begin(session("alice"));
        container.attributes.put("basket", "alice's");
        container.attributes.put(OTHERS, new StoredSession(session("carol"), new SessionIndex()));
        var before = container.id;
        handle.end();
        assertEquals(Set.of(OTHERS), container.attributes.keySet());
        assertNotEquals(before, container.id);
    }

    @Test
    void anEndOfTheOnlySessionLeavesNone() {
        handle.begin(session("alice"));
        handle.end();
        assertTrue(container.id == null);
        handle.end();
    }

    @Test
    void aChangeIsMadeToWhatIsStoredNow() {
        handle.begin(session("alice"));
        var later = NOW.plusSeconds(60);
        assertEquals(
                later,
                handle.update(stored -> Optional.of(stored.usedAt(later)))
                        .orElseThrow()
                        .times()
                        .lastUsedAt());
        assertEquals(later, stored().times().lastUsedAt());

        container.attributes.put(OURS, new StoredSession(session("bob"), index));
        handle.update(stored -> Optional.of(stored.usedAt(later)));
        assertEquals("bob", subject());
    }

    @Test
    void whatIsLeftAsItIsIsNotStoredAgain() {
        handle.begin(session("alice"));
        var attribute = container.attributes.get(OURS);
        handle.update(Optional::of);
        assertSame(attribute, container.attributes.get(OURS));
    }

    @Test
    @Tag("SE-21")
    void anEndedSessionDoesNotComeBack() {
        handle.begin(session("alice"));
        container.attributes.clear();
        assertEquals(Optional.empty(), handle.update(stored -> Optional.of(stored.usedAt(NOW))));
        assertTrue(container.attributes.isEmpty());

        handle.begin(session("alice"));
        container.request().getSession(true).invalidate();
        assertEquals(Optional.empty(), handle.update(stored -> Optional.of(stored.usedAt(NOW))));
        assertTrue(container.attributes.isEmpty());
    }

    @Test
    void aChangeToNothingEndsTheSessionWithTheApplicationsData() {
        handle.begin(session("alice"));
        container.attributes.put("basket", "alice's");
        assertEquals(Optional.empty(), handle.update(stored -> Optional.empty()));
        assertTrue(container.id == null);
        assertTrue(container.attributes.isEmpty());
    }

    @Test
    void aRequestThatIsOverDoesNotReachTheSessionOfTheNextOne() {
        handle.begin(session("alice"));
        var came = handle.load();
        container.request().getSession(true).invalidate();
        var next = handle();
        next.begin(session("bob"));
        assertTrue(came.isPresent());
        assertEquals(Optional.empty(), handle.load(), "though the container's request object serves bob by now");
        assertEquals(Optional.empty(), handle.update(stored -> Optional.empty()));
        assertEquals("bob", subject());
    }

    @Test
    void aLogoutOnThisNodeEndsTheSessionsItMeans() {
        handle.begin(session("alice"));
        assertEquals(0, index.end(new LogoutMark(Optional.of("bob"), Optional.empty(), NOW)));
        assertEquals(
                0,
                index.end(new LogoutMark(Optional.of("alice"), Optional.empty(), NOW.minusMillis(1))),
                "before the login");
        assertEquals(0, index.end(new LogoutMark(Optional.of("bob"), Optional.of("sid of alice"), NOW)));
        assertEquals(1, index.end(new LogoutMark(Optional.of("alice"), Optional.of("sid of alice"), NOW)));
        assertTrue(container.id == null);
        assertEquals(0, index.size());
        assertEquals(0, index.end(new LogoutMark(Optional.of("alice"), Optional.empty(), NOW)));
    }

    @Test
    @Tag("DS-05")
    @Tag("LO-28")
    void theIndexHoldsNoMoreThanTheContainer() {
        for (var i = 0; i < 10; i++) {
            handle.begin(session("alice"));
            handle.update(stored -> Optional.of(stored.usedAt(NOW.plusSeconds(60))));
            assertEquals(1, index.size());
        }
        handle.end();
        assertEquals(0, index.size());
    }

    @Test
    @Tag("CF-03")
    @Tag("LO-28")
    void aSessionFromAStoreIsKnownOnceItIsUsedHere() throws Exception {
        container.create("stored");
        container.attributes.put(OURS, copy(new StoredSession(session("alice"), new SessionIndex())));
        assertEquals(0, index.size());
        assertEquals("alice", handle.load().orElseThrow().identity().subject());
        handle.load();
        assertEquals(1, index.size());
        assertEquals(1, index.end(new LogoutMark(Optional.empty(), Optional.of("sid of alice"), NOW)));
        assertTrue(container.id == null);
    }

    /** Nobody has used it since the last collection. */
    @Test
    @Tag("LO-28")
    void aSessionThatRestsLeavesTheIndexAndIsEndedLikeAnyOther() throws Exception {
        var rests = StoredSession.class.getDeclaredField("session");
        rests.setAccessible(true);
        handle.begin(session("alice"));
        rests.set(container.attributes.getOrDefault(OURS, new Object()), new WeakReference<>(null));
        assertEquals(0, index.end(new LogoutMark(Optional.of("bob"), Optional.empty(), NOW)));
        assertEquals(1, index.end(new LogoutMark(Optional.of("alice"), Optional.empty(), NOW)));
        assertEquals(0, index.size());

        container.create("of the next one");
        handle().begin(session("bob"));
        rests.set(container.attributes.getOrDefault(OURS, new Object()), new WeakReference<>(null));
        assertEquals("bob", handle().load().orElseThrow().identity().subject());
        rests.set(container.attributes.getOrDefault(OURS, new Object()), new WeakReference<>(null));
        handle().end();
        assertEquals(0, index.size());
    }

    @Test
    @Tag("LO-28")
    void aSessionThatIsPassivatedAndActivatedAgainStaysKnown() {
        handle.begin(session("alice"));
        var stored = (StoredSession) container.attributes.getOrDefault(OURS, new Object());
        var event = new HttpSessionEvent(container.request().getSession(true));
        stored.sessionWillPassivate(event);
        assertEquals(0, index.size());
        stored.sessionDidActivate(event);
        assertEquals(1, index.end(new LogoutMark(Optional.of("alice"), Optional.empty(), NOW)));
    }

    @Test
    void whoLogsInWhileASessionEndsDoesSoInANewOne() {
        handle.begin(session("alice"));
        container.attributes.put("basket", "alice's");
        var beforeTheEnd = container.request().getSession(true);
        beforeTheEnd.setAttribute(OURS, StoredSession.ended());
        handle().begin(session("bob"));
        assertEquals(Set.of(OURS), container.attributes.keySet());
        ContainerSession.end(beforeTheEnd, OURS, any -> true);
        assertEquals("bob", subject());
    }

    @Test
    void whatCannotBeReadWasSomebodys() {
        container.create("restored");
        container.attributes.put(OURS, "of another version");
        container.attributes.put("basket", "somebody's");
        handle.begin(session("bob"));
        assertEquals(Set.of(OURS), container.attributes.keySet());
    }

    @Test
    void anEndOutsideTheRequestLeavesOtherFiltersTheirsAndNothingToWhoComesNext() {
        handle.begin(session("alice"));
        container.attributes.put(OTHERS, new StoredSession(session("carol"), new SessionIndex()));
        container.attributes.put("basket", "alice's");
        var id = container.id;
        assertEquals(1, index.end(new LogoutMark(Optional.of("alice"), Optional.empty(), NOW)));
        assertEquals(id, container.id, "the request that knows it may be over");
        assertEquals(Optional.empty(), handle().load());
        assertEquals(0, index.size());
        handle().begin(session("bob"));
        assertEquals(Set.of(OURS, OTHERS), container.attributes.keySet());
    }

    private static StoredSession copy(StoredSession stored) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(stored);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (StoredSession) in.readObject();
        }
    }

    private String subject() {
        return stored().identity().subject();
    }

    private OidcSession stored() {
        return ((StoredSession) container.attributes.getOrDefault(OURS, new Object()))
                .content()
                .orElseThrow();
    }

    private static OidcSession session(String subject) {
        return new OidcSession(
                new OidcSession.Identity(
                        "https://id.example", subject, Optional.of("sid of " + subject), subject, Set.of()),
                new OidcSession.Tokens(
                        Secret.of("token of " + subject),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(NOW, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(NOW, NOW, NOW.plusSeconds(3600)));
    }
}
