// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpApplicationSessionTest {
    private static final String OURS = HttpSessionHandle.PREFIX + "ours";

    private final Container container = new Container();
    private final ResponseCookies answer = new ResponseCookies(new Exchange().response());
    private final HttpApplicationSession session = new HttpApplicationSession(container.request(), OURS, answer);

    @Test
    void makesNoSessionWhereTheApplicationHasNone() {
        session.use(Optional.of("alice"));
        session.begin("alice");
        session.end();
        assertNull(container.id);
    }

    @Test
    void whatAVisitorHasCollectedIsTheirsAfterTheLoginUnderANewId() {
        container.create("planted");
        container.attributes.put("basket", "book");
        session.begin("alice");
        assertEquals("id-1", container.id);
        assertEquals("book", container.attributes.get("basket"));
        session.use(Optional.of("alice"));
        assertEquals("book", container.attributes.get("basket"));
        assertEquals("id-1", container.id);
    }

    @Test
    void nobodyGetsWhatTheApplicationKeepsOfSomebodyElse() {
        container.create("alice's");
        session.use(Optional.of("alice"));
        container.attributes.put("basket", "book");
        session.begin("bob");
        assertNull(container.id);

        container.create("alice's again");
        session.use(Optional.of("alice"));
        session.use(Optional.of("bob"));
        assertNull(container.id);
    }

    @Test
    void whatTheApplicationMakesForACallerIsTheirsBeforeTheNextRequest() {
        session.use(Optional.of("alice"));
        container.create("made by the application");
        answer.close();
        assertEquals("alice", container.attributes.get(OURS));
        assertEquals("made by the application", container.id);
    }

    @Test
    void whatTheApplicationMakesAfterALogoutIsNobodys() {
        session.use(Optional.of("alice"));
        session.end();
        container.create("made by the application");
        answer.close();
        assertNull(container.attributes.get(OURS));
    }

    @Test
    void whatTurnsUpInTheMiddleGoesOnUnderAnotherId() {
        container.create("planted");
        session.use(Optional.of("alice"));
        assertEquals("id-1", container.id);
        session.use(Optional.of("alice"));
        assertEquals("id-1", container.id);
    }

    @Test
    void leavesARequestAloneThatMayBeSomebodyElsesByNow() {
        answer.close();
        container.create("bob's");
        session.use(Optional.of("alice"));
        session.begin("alice");
        session.end();
        assertEquals("bob's", container.id);
        assertNull(container.attributes.get(OURS));
    }

    @Test
    void whoeverIsNotLoggedInGetsNothingOfACallersAndKeepsTheirOwn() {
        container.create("alice's");
        session.use(Optional.of("alice"));
        session.use(Optional.empty());
        assertNull(container.id);

        container.create("a visitor's");
        container.attributes.put("basket", "book");
        session.use(Optional.empty());
        assertEquals("book", container.attributes.get("basket"));
    }

    @Test
    void anIdInTheUrlIsNobodys() {
        container.create("from a link");
        container.idFromUrl = true;
        session.use(Optional.of("alice"));
        assertNull(container.id);
    }

    @Test
    void endsWithTheCaller() {
        container.create("alice's");
        session.use(Optional.of("alice"));
        container.attributes.put("basket", "book");
        session.end();
        assertNull(container.id);
    }

    @Test
    void anotherFilterKeepsItsSession() {
        container.create("shared");
        session.use(Optional.of("alice"));
        container.attributes.put("basket", "book");
        container.attributes.put(HttpSessionHandle.PREFIX + "theirs", "theirs");
        session.end();
        assertEquals("theirs", container.attributes.get(HttpSessionHandle.PREFIX + "theirs"));
        assertNull(container.attributes.get("basket"));
    }
}
