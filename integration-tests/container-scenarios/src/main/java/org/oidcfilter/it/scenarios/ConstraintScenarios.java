// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All that an application can have its container ask for, by {@code web.xml}, annotations and calls. */
public interface ConstraintScenarios extends ProtectedApplication {

    @Test
    @Tag("RC-16")
    default void enforcesTheAnnotationsOfServletSecurity() {
        assertLeadsTo("/authorize", new Browser().visit(at("plain")));
        assertEquals("alice", loggedIn("alice").visit(at("plain")).line("subject"));
        assertEquals(403, loggedIn("bob").visit(at("plain")).status());
    }

    @Test
    @Tag("RC-16")
    default void enforcesAnnotationsThatTellMethodsApart() {
        Browser alice = loggedIn("alice");
        Browser bob = loggedIn("bob");
        if (Container.current().deniesMethodsBesideAnnotatedOnes()) {
            for (Browser browser : List.of(new Browser(), alice, bob)) {
                assertEquals(403, browser.visit(at("secured")).status());
            }
            assertEquals("bob", call(bob, "POST", "secured").line("subject"));
            assertEquals(403, call(alice, "PUT", "secured").status());
            return;
        }
        assertLeadsTo("/authorize", new Browser().visit(at("secured")));
        assertEquals("alice", alice.visit(at("secured")).line("subject"));
        assertEquals(403, bob.visit(at("secured")).status());
        assertEquals("bob", call(bob, "POST", "secured").line("subject"));
        assertEquals(403, call(alice, "PUT", "secured").status());
    }

    @Test
    @Tag("PB-15")
    default void enforcesConstraintsOfMethodsAndDeniesTheOthers() {
        Browser alice = loggedIn("alice");
        Browser bob = loggedIn("bob");
        assertLeadsTo("/authorize", new Browser().visit(at("methods")));
        assertEquals("bob", bob.visit(at("methods")).line("subject"));
        assertEquals(403, call(bob, "POST", "methods").status());
        assertEquals("alice", call(alice, "POST", "methods").line("subject"));
        for (String uncovered : List.of("PUT", "DELETE", "PROPFIND", "get")) {
            assertEquals(403, call(alice, uncovered, "methods").status(), uncovered);
            assertEquals(403, call(new Browser(), uncovered, "methods").status(), uncovered);
        }
    }

    @Test
    default void letsNobodyInWhereNoRoleIsNamed() {
        assertEquals(403, loggedIn("alice").visit(at("nobody/whoami")).status());
        assertEquals(403, new Browser().visit(at("nobody/whoami")).status());
    }

    @Test
    @Tag("RC-15")
    default void whoLacksARoleIsRefusedAndNotSentToTheProvider() {
        Browser bob = loggedIn("bob");
        provider().forgetRequests();
        for (int i = 0; i < 3; i++) {
            assertEquals(403, bob.visit(at("reports/2026/may")).status());
            assertEquals(403, bob.fetch(at("whoami"), at("plain")).status());
        }
        assertEquals(0, provider().requests().size());
        assertEquals("bob", bob.visit(at("whoami")).line("subject"));
    }

    @Test
    @Tag("RC-17")
    default void refusesNamesAndPasswords() {
        Page stranger = new Browser().visit(at("public/password"));
        assertTrue(stranger.line("login").contains("the OpenID Provider authenticates"), stranger::body);
        Page bob = loggedIn("bob").visit(at("public/password"));
        assertTrue(bob.line("login").contains(Container.current().refusalOfAnotherLogin()), bob::body);
        for (Page page : List.of(stranger, bob)) {
            assertEquals("false", page.line("admin"));
        }
    }

    @Test
    @Tag("RC-16")
    default void knowsRolesByTheNamesThatTheApplicationGivesThem() {
        assertEquals("true", loggedIn("alice").visit(at("alias")).line("boss"));
        assertEquals("false", loggedIn("bob").visit(at("alias")).line("boss"));
    }

    @Test
    @Tag("RC-17")
    default void asksForALoginInTheMiddleOfARequestOnce() {
        Page page = new Browser().fetch(at("public/whoami"), at("public/signin"));
        assertEquals(401, page.status());
        assertFalse(page.hasLine("principal"), "the application has not gone on");
        assertEquals("alice", loggedIn("alice").visit(at("public/signin")).line("subject"));
    }

    private Page call(Browser browser, String method, String page) {
        return browser.send(at(page), HttpRequest.newBuilder().method(method, BodyPublishers.noBody()));
    }
}
