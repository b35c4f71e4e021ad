// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Await;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Chrome;
import org.oidcfilter.it.process.ChromeExtension;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;
import org.oidcfilter.it.process.KeycloakPages;

/**
 * A real Keycloak whose tokens live for seconds and whose refresh tokens work once: a second use ends them all. No logout
 * token is sent here, so that a refused refresh is all the application learns.
 */
@ExtendWith({ChromeExtension.class, KeycloakExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefreshAtKeycloakIT {
    private static final String TOKEN_SECONDS = "4";

    private final Keycloak keycloak;
    private Sample sample;
    private Browser browser;
    private KeycloakPages pages;

    RefreshAtKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @BeforeAll
    void startTheSample() throws Exception {
        sample = Sample.start(
                "keycloak-refresh",
                Map.of(
                        "OIDC_ISSUER",
                        keycloak.issuer().toString(),
                        "OIDC_CLIENT_ID",
                        "fresh",
                        "OIDC_CLIENT_SECRET",
                        Keycloak.SHOP_SECRET));
        var uris = List.of(sample.redirectUri(), sample.postLogoutRedirectUri());
        keycloak.admin().createClientLike("shop", Map.of("clientId", "fresh", "redirectUris", uris));
        keycloak.admin().setAttributes("fresh", Map.of("access.token.lifespan", TOKEN_SECONDS));
    }

    @AfterAll
    void stopTheSample() throws Exception {
        sample.close();
        keycloak.admin().deleteClient("fresh");
    }

    @BeforeEach
    void startAfresh() throws Exception {
        keycloak.admin().logOut("bob");
        browser = new Browser();
        pages = new KeycloakPages(browser);
    }

    @Test
    void theSessionLivesThroughManyTokensAndTakesNewRolesOver() throws Exception {
        signIn();
        assertEquals(403, browser.open(sample.at("/app/admin")).status());

        keycloak.admin().grant("bob", "admin");
        try {
            Await.until("bob becomes an administrator", () -> statusWithoutLogin() == 200);
        } finally {
            keycloak.admin().withdraw("bob", "admin");
        }

        Await.until("bob is an administrator no longer", () -> statusWithoutLogin() == 403);
        awaitTokens(3);
    }

    @Test
    void theSessionEndsWhenKeycloakRefusesToRenewIt() throws Exception {
        signIn();

        keycloak.admin().logOut("bob");

        Await.until("the session ends", () -> !sample.knows(browser));
        assertTrue(pages.asksForLogin());
        assertEquals(200, pages.logIn("bob").status());
    }

    @Test
    void inARealBrowserAPageGoesOnWorking(Chrome chrome) throws Exception {
        var tab = SampleInChrome.open(chrome, sample);
        tab.logInAtKeycloak("bob");

        tab.awaitTokensWhileScriptsAskInParallel(3);
    }

    /** Each of the page's views is there at once, and the ID tokens behind them are renewed this often. */
    private void awaitTokens(int number) throws Exception {
        Set<String> seen = new HashSet<>();
        Await.until(number + " ID tokens", () -> {
            assertTrue(sample.knows(browser), () -> browser.hops().toString());
            seen.add(browser.page().fact("iat"));
            return seen.size() >= number;
        });
    }

    private int statusWithoutLogin() throws Exception {
        int status = browser.open(sample.at("/app/admin")).status();
        assertEquals(1, browser.hops().size(), () -> browser.hops().toString());
        return status;
    }

    private void signIn() throws Exception {
        browser.open(sample.at("/app/me"));
        assertEquals(sample.at("/app/me"), pages.logIn("bob").uri());
    }
}
