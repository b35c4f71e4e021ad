// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** Two applications on one server: in the one the container or a filter enforces its rules, in the other a filter. */
public interface SideBySideScenarios extends ProtectedApplication {
    /** The root of the other application, that of {@link FilterScenarios}. */
    URI neighbour();

    /** The application with a filter. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("beside")
                .filter()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.public-paths", "/public/*", "oidc.path-rules", "/reports/* = admin"))
                .archive();
    }

    /** The application with constraints. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return TestWar.named("beside-container")
                .constrained()
                .settings(ProtectedApplication.trust(provider))
                .archive();
    }

    @Override
    @BeforeEach
    default void register() {
        provider()
                .register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                        .redirectUri(at("oidc/callback").toString())
                        .redirectUri(neighbour().resolve("oidc/callback").toString())
                        .postLogoutRedirectUri(at("oidc/logout/callback").toString()));
        provider().forgetRequests();
    }

    @Test
    @Tag("SE-17")
    default void eachKnowsWhoHasLoggedInThere() {
        Browser browser = loggedIn("alice");
        Page there = browser.visit(neighbour().resolve("whoami"));
        assertLeadsTo("/authorize", there);
        assertEquals(
                "anonymous", browser.visit(neighbour().resolve("public/whoami")).line("principal"));
        provider().loginAs("bob");
        assertEquals("bob", browser.followAll(there).line("subject"));
        assertEquals("alice", browser.visit(at("whoami")).line("subject"));
        assertEquals(200, browser.visit(at("reports/may")).status());
        assertEquals(403, browser.visit(neighbour().resolve("reports/may")).status());
    }

    @Test
    default void aLogoutOfOneLeavesTheOther() {
        Browser browser = loggedIn("alice");
        browser.open(neighbour().resolve("whoami"));
        browser.visit(at("signout"));
        assertLoginNeeded(browser);
        assertEquals("alice", browser.visit(neighbour().resolve("whoami")).line("subject"));
    }
}
