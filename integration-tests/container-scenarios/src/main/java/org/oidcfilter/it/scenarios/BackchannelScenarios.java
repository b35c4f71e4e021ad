// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.LogoutDelivery;

/** Sessions that end by a logout token of the provider, in the container at once. */
public interface BackchannelScenarios extends ProtectedApplication {

    @Test
    @Tag("LO-09")
    default void endsTheContainersSessionAtOnceSoThatListenersRun() {
        Browser alice = loggedIn("alice");
        String id = alice.open(at("session")).line("session");
        URI ended = at("public/ended?id=" + id);
        assertEquals("false", new Browser().open(ended).line("ended"));

        assertAnswered(200, provider().endSession("alice"));
        assertEquals("true", new Browser().open(ended).line("ended"), "before the browser comes back");
        assertLoginNeeded(alice);
    }

    @Test
    @Tag("LO-09")
    default void endsEverySessionOfTheCallerAndLeavesTheOthers() {
        Browser one = loggedIn("alice");
        Browser two = loggedIn("alice");
        Browser bob = loggedIn("bob");

        assertAnswered(200, provider().endSession("alice"));
        assertLoginNeeded(one);
        assertLoginNeeded(two);
        assertEquals("bob", bob.visit(at("whoami")).line("subject"));
    }

    @Test
    default void whoLogsInAgainStaysIn() {
        loggedIn("alice");
        provider().endSession("alice");
        assertEquals("alice", loggedIn("alice").visit(at("whoami")).line("subject"));
    }

    @Test
    @Tag("LO-25")
    default void refusesATokenThatTheProviderDidNotMean() {
        Browser alice = loggedIn("alice");
        provider().logoutTokens((header, claims) -> claims.put("nonce", "n"));
        try {
            assertAnswered(400, provider().endSession("alice"));
        } finally {
            provider().logoutTokens(null);
        }
        assertEquals("alice", alice.visit(at("whoami")).line("subject"));
    }

    /** Each logout token was answered so, and there was one. */
    private static void assertAnswered(int status, List<LogoutDelivery> deliveries) {
        assertEquals(
                List.of(OptionalInt.of(status)),
                deliveries.stream().map(LogoutDelivery::status).distinct().toList());
    }
}
