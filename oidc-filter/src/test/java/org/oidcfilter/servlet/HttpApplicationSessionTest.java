// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class HttpApplicationSessionTest {
    private static final String OURS = HttpSessionHandle.PREFIX + "ours";

    private final Container container = new Container();
    private final HttpApplicationSession session = new HttpApplicationSession(container.request(), OURS);

    @Test
    void makesNoSessionWhereTheApplicationHasNone() {
        session.use("alice");
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
        session.use("alice");
        assertEquals("book", container.attributes.get("basket"));
        assertEquals("id-1", container.id);
    }

    @Test
    void nobodyGetsWhatTheApplicationKeepsOfSomebodyElse() {
        container.create("alice's");
        session.use("alice");
        container.attributes.put("basket", "book");
        session.begin("bob");
        assertNull(container.id);

        container.create("alice's again");
        session.use("alice");
        session.use("bob");
        assertNull(container.id);
    }

    @Test
    void anIdInTheUrlIsNobodys() {
        container.create("from a link");
        container.idFromUrl = true;
        session.use("alice");
        assertNull(container.id);
    }

    @Test
    void endsWithTheCaller() {
        container.create("alice's");
        session.use("alice");
        container.attributes.put("basket", "book");
        session.end();
        assertNull(container.id);
    }

    @Test
    void anotherFilterKeepsItsSession() {
        container.create("shared");
        session.use("alice");
        container.attributes.put("basket", "book");
        container.attributes.put(HttpSessionHandle.PREFIX + "theirs", "theirs");
        session.end();
        assertEquals("theirs", container.attributes.get(HttpSessionHandle.PREFIX + "theirs"));
        assertNull(container.attributes.get("basket"));
    }
}
