// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.User;

/** What code that knows only Jakarta Security's API sees of a login: the same with the filter and with container security. */
public interface OpenIdContextScenarios extends ProtectedApplication {
    /** The application behind the filter. */
    static WebArchive filtered(DevelopmentProvider provider) {
        return application(
                TestWar.named("context").filter().settings(Map.of("oidc.public-paths", "/public/*")), provider);
    }

    /** The application with constraints. */
    static WebArchive constrained(DevelopmentProvider provider) {
        return application(TestWar.named("container-context").constrained(), provider);
    }

    private static WebArchive application(TestWar war, DevelopmentProvider provider) {
        return war.beans()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.scope", "openid email offline_access"))
                .archive()
                .addPackage("org.oidcfilter.it.openid");
    }

    @BeforeEach
    default void giveBobAnAddress() {
        provider().register(User.named("bob").email("bob@example.com"));
    }

    @AfterEach
    default void honest() {
        provider().honest();
    }

    @Test
    default void theContextHasTheCallerTheirTokensAndClaims() {
        Page page = loggedIn("bob").open(at("statement"));

        assertEquals("bob", page.line("subject"));
        assertEquals("Bearer", page.line("token-type"));
        assertNotEquals("none", page.line("access-token"));
        assertEquals("300", page.line("expires-in"));
        assertEquals("bob@example.com", page.line("email"));
        assertEquals("true", page.line("email-verified"));
        assertEquals("bob@example.com", page.line("json"));
        assertEquals(provider().issuer(), page.line("issuer"));
    }

    @Test
    default void tokensAndClaimsAreInjectedIntoBeansThatOutliveRequests() {
        Browser bob = loggedIn("bob");
        Browser alice = loggedIn("alice");

        for (String path : new String[] {"statement", "public/statement"}) {
            assertEquals(
                    "bob bob@example.com openid email offline_access false renewable",
                    bob.open(at(path)).line("account"));
            assertEquals(
                    "alice ? openid email offline_access false renewable",
                    alice.open(at(path)).line("account"));
            assertEquals("nobody", new Browser().open(at("public/statement")).line("account"));
        }
    }

    @Test
    default void theContextOfNobodyIsEmpty() {
        assertNobody(new Browser().open(at("public/statement")));
    }

    @Test
    default void theContextOfASessionThatHasEndedIsThatOfNobody() {
        Browser bob = loggedIn("bob");
        assertEquals("bob", bob.open(at("public/statement")).line("subject"));
        provider().endSession("bob");
        assertNobody(bob.open(at("public/statement")));
        assertNobody(loggedIn("bob").open(at("statement?signout")));
    }

    @Test
    default void theContextHasTheTokenThatARefreshBrings() {
        provider()
                .answer(Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.put("expires_in", 1)));
        Browser bob = loggedIn("bob");
        String first = bob.visit(at("public/statement")).line("access-token");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String later = first;
        while (later.equals(first) && System.nanoTime() < end) {
            later = bob.visit(at("public/statement")).line("access-token");
        }
        assertNotEquals(first, later, "asking for the token renews it, though the page needs no login");
    }

    private static void assertNobody(Page page) {
        assertEquals("null", page.line("subject"));
        assertEquals("null", page.line("token-type"));
        assertEquals("none", page.line("access-token"));
        assertEquals("-1", page.line("expires-in"));
        assertEquals("none", page.line("email"));
        assertEquals("none", page.line("json"));
        assertEquals("none", page.line("issuer"));
        assertEquals("nobody", page.line("account"));
    }
}
