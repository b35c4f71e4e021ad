// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;

/**
 * Two applications at a real Keycloak: whoever ends the session there ends it in both. Access tokens last much longer than
 * a test here, so no refresh finds out. Two loopback addresses, because browsers share cookies between ports.
 */
@ExtendWith({ChromeExtension.class, KeycloakExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleLogoutAtKeycloakIT {
    private final Keycloak keycloak;
    private Sample books;
    private Sample wines;
    private Browser browser;
    private KeycloakPages pages;

    SingleLogoutAtKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @BeforeAll
    void startTheSamples() throws Exception {
        books = Sample.start("keycloak-books", "127.0.0.1", settings("books"));
        wines = Sample.start("keycloak-wines", "127.0.0.2", settings("wines"));
        register("books", books);
        register("wines", wines);
    }

    @AfterAll
    void stopTheSamples() throws Exception {
        books.close();
        wines.close();
        keycloak.admin().deleteClient("books");
        keycloak.admin().deleteClient("wines");
    }

    @BeforeEach
    void startAfresh() throws Exception {
        keycloak.admin().logOut("alice");
        keycloak.admin().logOut("bob");
        browser = new Browser();
        pages = new KeycloakPages(browser);
    }

    @Test
    void loggingOutAtKeycloakEndsBothSessions() throws Exception {
        signInToBoth("alice");

        browser.open(logoutPage());
        assertTrue(pages.asksToConfirmLogout());
        assertTrue(books.knows(browser), "nothing is decided yet");
        browser.open(logoutPage());
        pages.confirmLogout();

        awaitSignedOut(books);
        awaitSignedOut(wines);
    }

    @Test
    void signingOutOfOneApplicationEndsTheSessionOfTheOther() throws Exception {
        signInToBoth("alice");
        assertTrue(wines.knows(browser));

        browser.submit(browser.page().form("form"));

        awaitSignedOut(books);
        awaitSignedOut(wines);
        assertEquals(List.of(), keycloak.admin().sessions("alice"));
        browser.open(wines.at("/app/me"));
        assertEquals(200, pages.logIn("alice").status());
        assertTrue(wines.knows(browser), "the new session is another one");
    }

    @Test
    void theAdministratorEndsAllSessionsOfAUserAndOfNobodyElse() throws Exception {
        signInToBoth("alice");
        var bobs = new Browser();
        bobs.open(books.at("/app/me"));
        new KeycloakPages(bobs).logIn("bob");

        keycloak.admin().logOut("alice");

        awaitSignedOut(books);
        awaitSignedOut(wines);
        assertTrue(books.knows(bobs));
        browser.open(books.at("/app/me"));
        assertEquals(200, pages.logIn("alice").status());
        assertTrue(books.knows(browser), "who logs in again stays in");
    }

    @Test
    void theAdministratorEndsOneOfAUsersSessions() throws Exception {
        signInToBoth("alice");
        var first = (String)
                Objects.requireNonNull(keycloak.admin().sessions("alice").get(0).get("id"));
        var elsewhere = new Browser();
        elsewhere.open(books.at("/app/me"));
        new KeycloakPages(elsewhere).logIn("alice");

        keycloak.admin().endSession(first);

        awaitSignedOut(books);
        awaitSignedOut(wines);
        assertTrue(books.knows(elsewhere));
    }

    @Test
    void inARealBrowserTheTabOfTheOtherApplicationIsSignedOut(Chrome chrome) throws Exception {
        var tabs = signInInTwoTabs(chrome);

        tabs.get(1).signOut();

        chrome.await().until(ExpectedConditions.urlToBe(wines.at("/").toString()));
        tabs.get(0).assertSignedOut();
        tabs.get(1).assertSignedOut();
    }

    /** Keycloak's page frames both applications, which are other sites, so that their cookies do not come along. */
    @Test
    void inARealBrowserTheFramesOfKeycloaksLogoutPageEndBothSessions(Chrome chrome) throws Exception {
        logOutByFrontChannel(true);
        try {
            var tabs = signInInTwoTabs(chrome);

            chrome.driver().get(logoutPage().toString());
            chrome.driver().findElement(By.id("kc-logout")).click();

            chrome.await().until(ExpectedConditions.numberOfElementsToBe(By.tagName("iframe"), 2));
            chrome.await()
                    .until(ExpectedConditions.jsReturnsValue("return document.readyState === 'complete' || null"));
            chrome.screenshot("keycloak-frontchannel-logout");
            tabs.get(0).assertSignedOut();
            tabs.get(1).assertSignedOut();
        } finally {
            logOutByFrontChannel(false);
        }
    }

    private void logOutByFrontChannel(boolean wanted) throws Exception {
        for (var clientId : List.of("books", "wines")) {
            keycloak.admin().change(clientId, Map.of("frontchannelLogout", wanted));
        }
    }

    private List<SampleInChrome> signInInTwoTabs(Chrome chrome) {
        var first = SampleInChrome.open(chrome, books);
        first.logInAtKeycloak("alice");
        var second = SampleInChrome.openInNewTab(chrome, wines);
        second.awaitSignedIn();
        return List.of(first, second);
    }

    private void signInToBoth(String user) throws Exception {
        browser.open(books.at("/app/me"));
        assertEquals(books.at("/app/me"), pages.logIn(user).uri());
        assertEquals(wines.at("/app/me"), browser.open(wines.at("/app/me")).uri(), "no second login");
        assertTrue(books.knows(browser));
        assertTrue(wines.knows(browser));
    }

    private void awaitSignedOut(Sample sample) throws Exception {
        Await.until("the session ends", () -> !sample.knows(browser));
        assertTrue(pages.asksForLogin());
        assertFalse(sample.knows(browser));
    }

    private URI logoutPage() {
        return URI.create(keycloak.issuer() + "/protocol/openid-connect/logout");
    }

    private Map<String, String> settings(String clientId) {
        return Map.of(
                "OIDC_ISSUER",
                keycloak.issuer().toString(),
                "OIDC_CLIENT_ID",
                clientId,
                "OIDC_CLIENT_SECRET",
                Keycloak.SHOP_SECRET);
    }

    private void register(String clientId, Sample sample) throws Exception {
        var uris = List.of(sample.redirectUri(), sample.postLogoutRedirectUri());
        keycloak.admin().createClientLike("shop", Map.of("clientId", clientId, "redirectUris", uris));
        keycloak.admin()
                .setAttributes(
                        clientId,
                        Map.of(
                                "backchannel.logout.url",
                                sample.backchannelLogoutUri(),
                                "backchannel.logout.session.required",
                                "true",
                                "frontchannel.logout.url",
                                sample.frontchannelLogoutUri(),
                                "frontchannel.logout.session.required",
                                "true"));
    }
}
