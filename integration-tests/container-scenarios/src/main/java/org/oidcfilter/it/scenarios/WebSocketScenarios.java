// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** Web sockets of callers, and what becomes of them when the session ends. */
public interface WebSocketScenarios extends ProtectedApplication {
    /** The code of a socket that is closed for its session's sake. */
    int VIOLATED_POLICY = 1008;

    /** The web application behind the filter, with endpoints. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("sockets")
                .filter()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.public-paths", "/public/*"))
                .archive()
                .addPackage("org.oidcfilter.it.sockets");
    }

    /** The web application in a container that enforces constraints. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return TestWar.named("sockets-container")
                .constrained()
                .settings(ProtectedApplication.trust(provider))
                .archive()
                .addPackage("org.oidcfilter.it.sockets");
    }

    @Test
    @Tag("PB-22")
    default void aSocketAtAProtectedPathNeedsALogin() {
        for (String path : List.of(
                "sockets/plain",
                "sockets/plain;public",
                "/sockets/plain",
                "public/../sockets/plain",
                "public/..;/sockets/plain",
                "public/%2e%2e/sockets/plain",
                "%73ockets/plain")) {
            assertNotEquals(101, OpenSocket.statusOfHandshake(new Browser(), URI.create(application() + path)), path);
        }
        assertEquals(401, OpenSocket.statusOfHandshake(new Browser(), at("sockets/plain")));
        assertEquals(
                "principal: alice",
                OpenSocket.open(loggedIn("alice"), at("sockets/plain")).hear());
    }

    @Test
    @Tag("PB-22")
    default void aSocketAtAPublicPathIsForEverybodyAndKnowsWhoHasLoggedIn() {
        OpenSocket nobodys = OpenSocket.open(new Browser(), at("public/sockets/plain"));
        assertEquals("principal: anonymous", nobodys.hear());
        assertOpen(nobodys);
        OpenSocket hers = OpenSocket.open(loggedIn("alice"), at("public/sockets/plain"));
        assertEquals("principal: alice", hers.hear());
        assertOpen(hers);
    }

    @Test
    default void whetherASocketClosesWithALogoutTokenIsUpToTheContainer() {
        OpenSocket socket = openedBy(loggedIn("alice"), "sockets/plain");
        assertEquals("over: false", socket.ask("over?"));
        provider().endSession("alice");
        if (Container.current().closing() == Container.Closing.NEVER) {
            assertEquals("over: true", socket.ask("over?"), "an open socket can find out");
        } else {
            assertEquals(VIOLATED_POLICY, socket.closeCode());
        }
    }

    @Test
    default void whetherASocketClosesWithALogoutInAnotherTabIsUpToTheContainer() {
        Browser alice = loggedIn("alice");
        OpenSocket socket = openedBy(alice, "sockets/plain");
        alice.click(at("whoami"), at("oidc/logout?scope=here"));
        assertClosed(Container.current().closing() != Container.Closing.NEVER, socket);
    }

    @Test
    default void whetherASocketFollowsTheSessionToANewIdIsUpToTheContainer() {
        Browser alice = loggedIn("alice");
        OpenSocket socket = openedBy(alice, "sockets/plain");
        logInAgain(alice);
        alice.click(at("whoami"), at("oidc/logout?scope=here"));
        assertClosed(Container.current().closing() == Container.Closing.ALWAYS, socket);
    }

    @Test
    default void aSocketThatIsBoundToTheSessionClosesWithALogoutToken() {
        OpenSocket socket = openedBy(loggedIn("alice"), "sockets/bound");
        provider().endSession("alice");
        assertEquals(VIOLATED_POLICY, socket.closeCode());
    }

    @Test
    default void aSocketThatIsBoundToTheSessionClosesWithALogoutInAnotherTabAlsoAfterASecondLogin() {
        Browser alice = loggedIn("alice");
        OpenSocket socket = openedBy(alice, "sockets/bound");
        OpenSocket bobs = openedBy(loggedIn("bob"), "sockets/bound");
        logInAgain(alice);
        assertOpen(socket);
        alice.click(at("whoami"), at("oidc/logout?scope=here"));
        assertEquals(VIOLATED_POLICY, socket.closeCode());
        assertOpen(bobs);
    }

    private OpenSocket openedBy(Browser browser, String path) {
        OpenSocket socket = OpenSocket.open(browser, at(path));
        assertTrue(socket.hear().startsWith("principal: "));
        assertOpen(socket); // Tomcat tells the endpoint first, and then remembers the socket
        return socket;
    }

    private void logInAgain(Browser alice) {
        String before = alice.cookieHeader(at("whoami"));
        provider().loginAs("alice");
        assertEquals(
                "alice",
                alice.open(at("oidc/login?return_to=" + at("whoami").getPath())).line("subject"));
        assertNotEquals(before, alice.cookieHeader(at("whoami")));
    }

    private static void assertClosed(boolean closed, OpenSocket socket) {
        if (closed) {
            assertEquals(VIOLATED_POLICY, socket.closeCode());
        } else {
            assertOpen(socket);
        }
    }

    private static void assertOpen(OpenSocket socket) {
        assertEquals("echo: still there?", socket.ask("still there?"));
    }
}
