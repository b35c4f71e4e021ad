// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Forwards and includes are the application's own decision, as with the constraints of containers; who asks is known there. */
public interface ForwardScenarios extends ProtectedApplication {

    @Test
    @Tag("PB-19")
    default void keepsTheCallerInForwards() {
        Browser alice = loggedIn("alice");
        for (String path : List.of("relay", "public/relay")) {
            Page page = alice.visit(at(path));
            assertEquals("FORWARD", page.line("dispatcher"), path);
            assertKnown(page);
        }
    }

    @Test
    @Tag("PB-19")
    default void keepsTheCallerInIncludes() {
        Browser alice = loggedIn("alice");
        for (String path : List.of("relay?how=include", "public/relay?how=include")) {
            Page page = alice.visit(at(path));
            assertEquals("true", page.line("included"), path);
            assertEquals("INCLUDE", page.line("dispatcher"), path);
            assertKnown(page);
        }
    }

    @Test
    @Tag("PB-19")
    default void aPublicPageMayShowStrangersWhatItWants() {
        for (String target : List.of("/whoami", "/reports/may")) {
            for (String how : List.of("forward", "include")) {
                Page page = new Browser().visit(at("public/relay?how=" + how + "&to=" + target));
                assertEquals(200, page.status(), target);
                assertEquals("anonymous", page.line("principal"), target);
                assertEquals("false", page.line("admin"), target);
            }
        }
    }

    @Test
    @Tag("PB-19")
    default void aProtectedPageIsProtectedWhateverItForwardsTo() {
        for (String path : List.of("relay?to=/public/whoami", "relay?how=include&to=/open")) {
            assertLeadsTo("/authorize", new Browser().visit(at(path)));
        }
    }

    private static void assertKnown(Page page) {
        assertEquals("alice", page.line("subject"));
        assertEquals("alice", page.line("remote-user"));
        assertEquals("true", page.line("admin"));
        assertEquals("present", page.line("attribute"));
    }
}
