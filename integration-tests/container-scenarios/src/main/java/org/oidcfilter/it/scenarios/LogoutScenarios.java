// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a login ends. */
public interface LogoutScenarios extends ProtectedApplication {

    @Test
    @Tag("SE-21")
    default void endsTheLoginWithTheSession() {
        Browser alice = loggedIn("alice");
        alice.visit(at("session?do=invalidate"));

        assertLoginNeeded(alice);
    }

    @Test
    @Tag("RC-17")
    default void endsTheLoginByRequestLogout() {
        Browser alice = loggedIn("alice");
        Page signedOut = alice.visit(at("signout"));

        assertEquals("anonymous", signedOut.line("principal"));
        assertEquals("null", signedOut.line("remote-user"));
        assertEquals("false", signedOut.line("admin"));
        assertEquals("absent", signedOut.line("attribute"));
        assertLoginNeeded(alice);
    }

    @Test
    default void logsOutHereAndAtTheProviderByALinkOfTheApplication() {
        Browser alice = loggedIn("alice");
        int sessions = provider().sessions().size();
        Page leaving = alice.click(at("whoami"), at("oidc/logout"));
        assertLeadsTo("/end-session", leaving);
        assertLoginNeeded(alice);

        Page back = alice.followAll(leaving);
        assertEquals(200, back.status());
        assertEquals(at("oidc/logout/callback").getPath(), back.uri().getPath());
        assertEquals(sessions - 1, provider().sessions().size());
    }

    @Test
    @Tag("LO-01")
    default void asksBeforeALinkOfAnotherSiteLogsOut() {
        Browser alice = loggedIn("alice");
        Page question = alice.click(URI.create(provider().issuer() + "/"), at("oidc/logout"));
        assertEquals(200, question.status());
        assertEquals("alice", alice.visit(at("whoami")).line("subject"));

        assertLeadsTo("/end-session", alice.submit(question));
        assertLoginNeeded(alice);
    }

    @Test
    default void refusesALogoutResponseThatNobodyAskedFor() {
        assertEquals(
                400,
                loggedIn("alice").visit(at("oidc/logout/callback?state=forged")).status());
    }

    @Test
    default void logsOneBrowserOutAndNotTheOther() {
        Browser here = loggedIn("alice");
        Browser there = loggedIn("alice");
        here.visit(at("signout"));

        assertLoginNeeded(here);
        assertEquals("alice", there.visit(at("whoami")).line("subject"));
    }
}
