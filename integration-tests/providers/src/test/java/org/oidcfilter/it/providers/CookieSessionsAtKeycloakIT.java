// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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

/** Sessions in cookies with the tokens of a real Keycloak, which live for seconds and are refreshed once. */
@ExtendWith({ChromeExtension.class, KeycloakExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CookieSessionsAtKeycloakIT {
    private static final String CLIENT = "stateless";
    private static final String TOKEN_SECONDS = "4";
    private static final Path KEYS = Path.of("target", "cookie-keys");

    private final Keycloak keycloak;
    private Sample sample;
    private Browser browser;
    private KeycloakPages pages;

    CookieSessionsAtKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @BeforeAll
    void startTheSample() throws Exception {
        Files.writeString(KEYS, "a key of the tests that has more than 32 characters");
        sample = Sample.start(
                "keycloak-cookies",
                Map.of(
                        "OIDC_ISSUER",
                        keycloak.issuer().toString(),
                        "OIDC_CLIENT_ID",
                        CLIENT,
                        "OIDC_CLIENT_SECRET",
                        Keycloak.SHOP_SECRET,
                        "OIDC_SESSION",
                        "cookie",
                        "OIDC_COOKIE_KEYS_FILE",
                        KEYS.toAbsolutePath().toString()));
        var uris = List.of(sample.redirectUri(), sample.postLogoutRedirectUri());
        keycloak.admin().createClientLike("shop", Map.of("clientId", CLIENT, "redirectUris", uris));
        keycloak.admin()
                .setAttributes(
                        CLIENT,
                        Map.of(
                                "access.token.lifespan",
                                TOKEN_SECONDS,
                                "backchannel.logout.url",
                                sample.backchannelLogoutUri()));
    }

    @AfterAll
    void stopTheSample() throws Exception {
        sample.close();
        keycloak.admin().deleteClient(CLIENT);
    }

    @BeforeEach
    void startAfresh() throws Exception {
        keycloak.admin().logOut("bob");
        browser = new Browser();
        pages = new KeycloakPages(browser);
    }

    @Test
    void theSessionLivesThroughManyTokensAndARestart() throws Exception {
        signIn();
        awaitTokens(2);
        sample.restart();
        assertTrue(sample.knows(browser), () -> browser.hops().toString());
        awaitTokens(2);
        assertFalse(sample.log().contains("WARNING"), sample.log());
    }

    @Test
    void aLogoutAtKeycloakEndsTheSession() throws Exception {
        signIn();

        keycloak.admin().logOut("bob");

        Await.until("the session ends", () -> !sample.knows(browser));
        assertTrue(pages.asksForLogin());
    }

    @Test
    void inARealBrowserAPageGoesOnWorking(Chrome chrome) throws Exception {
        var tab = SampleInChrome.open(chrome, sample);
        tab.logInAtKeycloak("bob");

        tab.awaitTokensWhileScriptsAskInParallel(3);
    }

    private void awaitTokens(int number) throws Exception {
        Set<String> seen = new HashSet<>();
        Await.until(number + " ID tokens", () -> {
            assertTrue(sample.knows(browser), () -> browser.hops().toString());
            seen.add(browser.page().fact("iat"));
            return seen.size() >= number;
        });
    }

    private void signIn() throws Exception {
        browser.open(sample.at("/app/me"));
        assertEquals(sample.at("/app/me"), pages.logIn("bob").uri());
    }
}
