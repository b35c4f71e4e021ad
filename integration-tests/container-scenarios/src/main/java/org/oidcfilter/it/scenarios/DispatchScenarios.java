// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The caller of a request that is dispatched again is the caller of the request, and nobody is redirected from there. */
public interface DispatchScenarios extends ProtectedApplication {

    @Test
    @Tag("PB-21")
    default void keepsTheCallerInAsynchronousDispatches() {
        Browser alice = loggedIn("alice");
        for (String how : List.of("dispatch", "dispatch-original")) {
            Page page = alice.visit(at("async?how=" + how));

            assertEquals("ASYNC", page.line("dispatcher"), how);
            assertEquals("alice", page.line("subject"), how);
            assertEquals("true", page.line("admin"), how);
        }
    }

    @Test
    default void keepsTheCallerOnAnotherThread() {
        assertEquals("alice", loggedIn("alice").visit(at("async?how=complete")).line("subject"));
    }

    @Test
    default void neverRedirectsFromAnAsynchronousDispatch() {
        for (String how : List.of("dispatch", "dispatch-original")) {
            Page page = new Browser().visit(at("public/async?to=/whoami&how=" + how));

            assertEquals(200, page.status(), how);
            assertEquals("ASYNC", page.line("dispatcher"), how);
            assertEquals("anonymous", page.line("principal"), how);
        }
    }

    @Test
    default void keepsTheCallerOnTheErrorPage() {
        Browser alice = loggedIn("alice");
        for (String path : List.of("failing", "public/failing", "failing?status=404", "no-such-page")) {
            Page page = alice.visit(at(path));

            assertEquals("ERROR", page.line("dispatcher"), path);
            assertEquals("alice", page.line("subject"), path);
            assertEquals("true", page.line("admin"), path);
        }
    }

    @Test
    default void neverRedirectsFromTheErrorPage() {
        for (String path : List.of("public/failing", "public/failing?status=404", "public/no-such-page")) {
            Page page = new Browser().visit(at(path));

            assertEquals(Integer.toString(page.status()), page.line("error"), path);
            assertEquals("anonymous", page.line("principal"), path);
        }
    }
}
