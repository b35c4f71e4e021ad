// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
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
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;

/**
 * Three applications at a second provider that others wrote: two learn of a logout by logout token, and the third lives on
 * tokens of seconds and refresh tokens that work once.
 */
@ExtendWith({ChromeExtension.class, OidcProviderExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsAtOidcProviderIT {
    private static final String SECRET = "shop-secret-for-the-integration-tests-only";
    private static final int TOKEN_SECONDS = 4;

    private final OidcProvider provider;
    private Sample books;
    private Sample wines;
    private Sample fresh;
    private Browser browser;
    private OidcProviderPages pages;

    SessionsAtOidcProviderIT(OidcProvider provider) {
        this.provider = provider;
    }

    @BeforeAll
    void startTheSamples() throws Exception {
        books = start("books", "127.0.0.1");
        wines = start("wines", "127.0.0.2");
        fresh = start("fresh", "127.0.0.3");
        provider.start(List.of(toldOfLogouts("books", books), toldOfLogouts("wines", wines), shortLived()));
    }

    @AfterAll
    void stopTheSamples() {
        books.close();
        wines.close();
        fresh.close();
        provider.stop();
    }

    @BeforeEach
    void startAfresh() {
        browser = new Browser();
        pages = new OidcProviderPages(browser);
    }

    @Test
    void loggingOutAtTheProviderEndsBothSessions() throws Exception {
        signInToBoth();

        browser.open(provider.issuer().resolve("/session/end"));
        assertTrue(pages.asksToConfirmLogout());
        pages.confirmLogout();

        awaitSignedOut(books);
        awaitSignedOut(wines);
    }

    @Test
    void signingOutOfOneApplicationEndsTheSessionOfTheOther() throws Exception {
        signInToBoth();

        browser.submit(browser.page().form("form"));
        assertTrue(pages.asksToConfirmLogout());
        assertEquals(wines.at("/"), pages.confirmLogout().uri());

        awaitSignedOut(wines);
        awaitSignedOut(books);
        assertEquals(200, pages.logIn("alice").status());
        assertTrue(books.knows(browser), "who logs in again stays in");
    }

    @Test
    void theSessionLivesThroughManyTokens() throws Exception {
        browser.open(fresh.at("/app/me"));
        pages.logIn("alice");
        Set<String> seen = new HashSet<>();
        Await.until("four ID tokens", () -> {
            assertTrue(fresh.knows(browser), () -> browser.hops().toString());
            seen.add(browser.page().fact("iat"));
            return seen.size() >= 4;
        });
        assertEquals(200, browser.open(fresh.at("/app/admin")).status(), "the roles are still there");
    }

    @Test
    void theSessionEndsWhenTheProviderRefusesToRenewIt() throws Exception {
        browser.open(fresh.at("/app/me"));
        pages.logIn("alice");

        browser.open(provider.issuer().resolve("/session/end"));
        pages.confirmLogout();

        Await.until("the session ends", () -> !fresh.knows(browser));
        assertTrue(pages.asksForLogin());
    }

    @Test
    void inARealBrowserTheTabOfTheOtherApplicationIsSignedOut(Chrome chrome) {
        var first = SampleInChrome.open(chrome, books);
        first.logInAtOidcProvider("alice");
        var second = SampleInChrome.openInNewTab(chrome, wines);
        second.awaitSignedIn();

        second.signOut();
        chrome.await()
                .until(ExpectedConditions.elementToBeClickable(By.name("logout")))
                .click();

        chrome.await().until(ExpectedConditions.urlToBe(wines.at("/").toString()));
        first.assertSignedOut();
        second.assertSignedOut();
    }

    @Test
    void inARealBrowserAPageGoesOnWorking(Chrome chrome) throws Exception {
        var tab = SampleInChrome.open(chrome, fresh);
        tab.logInAtOidcProvider("alice");

        tab.awaitTokensWhileScriptsAskInParallel(3);
    }

    private void signInToBoth() throws Exception {
        browser.open(books.at("/app/me"));
        assertEquals(books.at("/app/me"), pages.logIn("alice").uri());
        assertEquals(wines.at("/app/me"), browser.open(wines.at("/app/me")).uri(), "no second login");
        assertTrue(books.knows(browser));
        assertTrue(wines.knows(browser));
    }

    private void awaitSignedOut(Sample sample) throws Exception {
        Await.until("the session ends", () -> !sample.knows(browser));
        assertTrue(pages.asksForLogin());
    }

    private Sample start(String clientId, String host) throws Exception {
        var settings = Map.of(
                "OIDC_ISSUER", provider.issuer().toString(), "OIDC_CLIENT_ID", clientId, "OIDC_CLIENT_SECRET", SECRET);
        return Sample.start("oidc-provider-" + clientId, host, settings);
    }

    private static Map<String, ?> toldOfLogouts(String clientId, Sample sample) {
        return client(
                clientId,
                sample,
                Map.of(
                        "backchannel_logout_uri",
                        sample.backchannelLogoutUri(),
                        "backchannel_logout_session_required",
                        true));
    }

    private Map<String, ?> shortLived() {
        var grants = List.of("authorization_code", "refresh_token");
        return client("fresh", fresh, Map.of("grant_types", grants, "token_seconds", TOKEN_SECONDS));
    }

    private static Map<String, ?> client(String clientId, Sample sample, Map<String, ?> more) {
        Map<String, Object> client = new HashMap<>(more);
        client.put("client_id", clientId);
        client.put("client_secret", SECRET);
        client.put("redirect_uris", List.of(sample.redirectUri()));
        client.put("post_logout_redirect_uris", List.of(sample.postLogoutRedirectUri()));
        return client;
    }
}
