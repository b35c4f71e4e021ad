// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    /** Who asked stays who asked, whatever becomes of the session in the meantime. */
    @Test
    @Tag("PB-21")
    @Tag("SE-16")
    default void keepsTheCallerOfADispatchThatComesAfterTheEndOfTheSession() throws Exception {
        for (String how : List.of("dispatch", "dispatch-original")) {
            Browser alice = loggedIn("alice");
            Page page = dispatchedAfter(alice, how, () -> alice.visit(at("signout")));
            assertDispatched(how, page);
            assertLoginNeeded(alice);

            Browser shared = loggedIn("alice");
            assertDispatched(how, dispatchedAfter(shared, how, () -> {
                provider().loginAs("bob");
                shared.open(at("oidc/login?return_to=" + at("whoami").getPath()));
            }));
            assertEquals("bob", shared.visit(at("whoami")).line("subject"));
        }
    }

    private Page dispatchedAfter(Browser browser, String how, Runnable meanwhile) throws Exception {
        String gate = UUID.randomUUID().toString();
        ExecutorService tab = Executors.newSingleThreadExecutor();
        try {
            Future<Page> page = tab.submit(() -> browser.copy().visit(at("async?how=" + how + "&gate=" + gate)));
            new Browser().visit(at("public/gate?do=await&id=" + gate));
            meanwhile.run();
            new Browser().visit(at("public/gate?do=open&id=" + gate));
            return page.get(30, TimeUnit.SECONDS);
        } finally {
            tab.shutdownNow();
        }
    }

    private static void assertDispatched(String how, Page page) {
        if (page.status() == 500 && Container.current().failsDispatchesAfterItsSession()) {
            assertFalse(page.hasLine("subject") || page.hasLine("principal"), how);
            return;
        }
        assertEquals("ASYNC", page.line("dispatcher"), how);
        assertEquals("alice", page.line("subject"), how);
        assertEquals("true", page.line("admin"), how);
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
