// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.User;

/** The container must not remember by itself who somebody was: roles change, sessions end, and ids of sessions stay. */
public interface ForgetfulContainerScenarios extends ProtectedApplication {

    @Test
    @Tag("RC-16")
    default void rolesOfAnotherLoginCountFromTheNextRequest() {
        provider().register(User.named("carol").roles("user"));
        Browser carol = loggedIn("carol");
        assertRoles(carol, false);
        logInAgainWith(carol, "user", "admin");
        assertRoles(carol, true);
        logInAgainWith(carol, "user");
        assertRoles(carol, false);
    }

    private void logInAgainWith(Browser carol, String... roles) {
        provider().register(User.named("carol").roles(roles));
        provider().loginAs("carol");
        carol.open(at("oidc/login?return_to=" + at("whoami").getPath()));
    }

    private void assertRoles(Browser carol, boolean admin) {
        Page page = carol.visit(at("whoami"));
        assertEquals("carol", page.line("subject"));
        assertEquals(admin ? "admin,user" : "user", page.line("roles"));
        assertEquals("" + admin, page.line("admin"));
        assertEquals("" + admin, carol.visit(at("public/whoami")).line("admin"));
        for (String constrained : List.of("reports/may", "plain", "admin")) {
            assertEquals(admin ? 200 : 403, carol.visit(at(constrained)).status(), constrained);
        }
    }

    @Test
    @Tag("LO-09")
    default void whoseSessionALogoutTokenEndsIsNobodyEverywhereAtOnce() {
        Browser alice = loggedIn("alice");
        assertEquals("alice", alice.visit(at("public/whoami")).line("subject"));
        provider().endSession("alice");
        assertEquals("anonymous", alice.visit(at("public/whoami")).line("principal"));
        assertEquals("false", alice.visit(at("public/whoami")).line("admin"));
        assertLoginNeeded(alice);
    }

    @Test
    @Tag("SE-01")
    default void theIdOfTheSessionStaysThroughoutIt() {
        Browser alice = loggedIn("alice");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            ids.add(alice.visit(at(i % 2 == 0 ? "session" : "public/session")).line("session"));
            Page page = alice.visit(at(i % 2 == 0 ? "whoami" : "plain"));
            assertEquals(List.of(), page.setCookies());
        }
        assertEquals(1, ids.size());
    }

    @Test
    @Tag("SE-15")
    default void requestsOfOneSessionComeSideBySide() throws Exception {
        Browser alice = loggedIn("alice");
        List<Callable<Page>> requests = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String path = List.of("whoami", "plain", "public/whoami", "async?how=dispatch")
                    .get(i % 4);
            requests.add(() -> alice.visit(at(path)));
        }
        ExecutorService tabs = Executors.newFixedThreadPool(16);
        try {
            for (Future<Page> page : tabs.invokeAll(requests, 120, TimeUnit.SECONDS)) {
                assertEquals("alice", page.get().line("subject"));
                assertEquals("true", page.get().line("admin"));
                assertEquals(List.of(), page.get().setCookies());
            }
        } finally {
            tabs.shutdownNow();
        }
    }
}
