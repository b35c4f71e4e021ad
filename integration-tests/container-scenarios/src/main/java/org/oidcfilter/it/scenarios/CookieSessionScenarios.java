// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.LogoutDelivery;

/** What the filter promises where sessions are in cookies ({@code oidc.session=cookie}). */
public interface CookieSessionScenarios
        extends LoginScenarios,
                AccessScenarios,
                StepUpScenarios,
                DispatchScenarios,
                ForwardScenarios,
                UploadScenarios,
                ErrorScenarios,
                RefreshScenarios,
                LogoutScenarios {

    /** The web application behind the filter. */
    static WebArchive war(DevelopmentProvider provider) {
        return inCookies(
                TestWar.named("cookies")
                        .filter()
                        .settings(Map.of("oidc.public-paths", "/public/*", "oidc.path-rules", "/reports/* = admin")),
                provider);
    }

    /** The web application in a container that enforces constraints. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return inCookies(TestWar.named("cookies-container").constrained(), provider);
    }

    private static WebArchive inCookies(TestWar war, DevelopmentProvider provider) {
        return war.settings(ProtectedApplication.trust(provider))
                .settings(Map.of(
                        "oidc.session",
                        "cookie",
                        "oidc.cookie-keys",
                        "the cookie key of thirty-two characters or more",
                        "oidc.scope",
                        "openid profile offline_access"))
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
    default void anApplicationGetsFreshTokensLongAfterItsAnswer() {
        provider()
                .answer(Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.put("expires_in", 1)));
        try {
            Browser browser = loggedIn("alice");
            String first = browser.visit(at("late?do=keep")).line("token");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            String token = first;
            while (token.equals(first) && System.nanoTime() < deadline) {
                token = new Browser().visit(at("public/late")).line("token");
            }
            assertNotEquals(first, token);
            assertEquals("alice", browser.visit(at("whoami")).line("subject"), "within the minute");
        } finally {
            provider().honest();
        }
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
