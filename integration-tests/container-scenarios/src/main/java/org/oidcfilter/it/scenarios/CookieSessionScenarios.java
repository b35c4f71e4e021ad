// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.LogoutDelivery;

/** What the filter promises where sessions are in cookies ({@code oidc.session=cookie}). */
public interface CookieSessionScenarios extends LoginScenarios, AccessScenarios, DispatchScenarios, LogoutScenarios {

    /** The web application behind the filter. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("cookies")
                .filter()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.public-paths", "/public/*", "oidc.path-rules", "/reports/* = admin"))
                .settings(Map.of(
                        "oidc.session",
                        "cookie",
                        "oidc.cookie-keys",
                        "the cookie key of thirty-two characters or more"))
                .archive();
    }

    @Test
    default void theContainerKeepsNothing() {
        Browser alice = loggedIn("alice");
        assertEquals("none", alice.visit(at("session")).line("session"));
        assertFalse(alice.cookieHeader(at("whoami")).contains("JSESSIONID"));
        assertTrue(alice.cookieHeader(at("whoami")).contains("oidc-session-"));
    }

    @Test
    default void whatTheApplicationKeepsGoesToNobodyElse() {
        Browser browser = loggedIn("alice");
        browser.visit(at("session?do=put&name=basket&value=pear"));
        assertTrue(browser.visit(at("session")).body().contains("session.basket: pear"));
        provider().loginAs("bob");
        assertEquals(
                "bob",
                browser.open(at("oidc/login?target_link_uri=" + at("whoami"))).line("subject"));
        assertFalse(browser.visit(at("session")).body().contains("pear"));
    }

    @Test
    default void requestLogoutEndsTheSessionAndWhatTheApplicationKeeps() {
        Browser browser = loggedIn("alice");
        browser.visit(at("session?do=put&name=basket&value=pear"));
        browser.visit(at("signout"));
        assertFalse(browser.cookieHeader(at("whoami")).contains("oidc-session-"));
        assertFalse(browser.visit(at("public/session")).body().contains("pear"));
        assertLoginNeeded(browser);
    }

    @Test
    default void aLogoutTokenEndsTheSession() {
        Browser browser = loggedIn("alice");
        List<LogoutDelivery> told = provider().endSession("alice");
        assertTrue(told.stream().allMatch(delivery -> delivery.status().equals(OptionalInt.of(200))), told::toString);
        assertLoginNeeded(browser);
    }

    /** The container's session is the application's alone. */
    @Override
    @Test
    default void endsTheLoginWithTheSession() {
        Browser browser = loggedIn("alice");
        browser.visit(at("session?do=create"));
        assertEquals("none", browser.visit(at("session?do=invalidate")).line("session"));
        assertEquals("alice", browser.visit(at("whoami")).line("subject"));
    }
}
