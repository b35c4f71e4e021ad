// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.oidcfilter.it.process.Await;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Chrome;
import org.oidcfilter.it.process.Cookie;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakPages;
import org.oidcfilter.it.process.Page;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** What people and the provider do with the shop, wherever it runs and whoever guards it. */
final class Visit {
    private final Keycloak keycloak;
    private final URI shop;
    private final Supplier<Browser> browsers;
    private Browser browser;

    private Visit(Keycloak keycloak, URI shop, Supplier<Browser> browsers) {
        this.keycloak = keycloak;
        this.shop = shop;
        this.browsers = browsers;
        this.browser = browsers.get();
    }

    /** To the shop at {@code shop}, whose addresses the provider learns now. */
    static Visit to(URI shop, Keycloak keycloak) throws Exception {
        return new Visit(keycloak, shop, Browser::new).registered();
    }

    /** To a shop with https. */
    static Visit to(URI shop, Keycloak keycloak, SSLContext tls) throws Exception {
        return new Visit(keycloak, shop, () -> Browser.trusting(tls)).registered();
    }

    private Visit registered() throws Exception {
        keycloak.admin().logOut("alice");
        keycloak.admin().logOut("bob");
        keycloak.admin()
                .setRedirectUris(
                        "shop",
                        at("oidc/callback").toString(),
                        at("oidc/logout/callback").toString());
        keycloak.admin()
                .setAttributes(
                        "shop",
                        Map.of(
                                "backchannel.logout.url",
                                at("oidc/backchannel-logout").toString(),
                                "backchannel.logout.session.required",
                                "true"));
        return this;
    }

    URI at(String path) {
        return shop.resolve(path);
    }

    /** All of it, on Keycloak's own pages. */
    void passes() throws Exception {
        publicPagesAreOpen();
        loginLeadsBackToThePageAskedFor();
        rolesDecide();
        logoutEndsBothSessions();
        logInAs("alice");
        theProviderEndsTheSession();
    }

    private void publicPagesAreOpen() throws Exception {
        Page hello = browser.open(at("public/hello"));
        assertEquals(List.of(200), statuses());
        assertEquals("hello", hello.text());
    }

    /** Logs Alice in. */
    void loginLeadsBackToThePageAskedFor() throws Exception {
        browser.open(at("desk?from=here"));
        assertTrue(browser.page().uri().toString().startsWith(keycloak.issuer().toString()));
        Page desk = new KeycloakPages(browser).logIn("alice");
        assertEquals(at("desk?from=here"), desk.uri());
        assertEquals(200, desk.status(), desk.text());
        assertTrue(desk.text().contains("alice"), desk.text());
    }

    private void rolesDecide() throws Exception {
        assertEquals(200, browser.open(at("admin/desk")).status());
        Page audit = browser.open(at("audit"));
        assertEquals(List.of(403), statuses(), audit.text());
        Visit bobs = new Visit(keycloak, shop, browsers);
        Page desk = bobs.logInAs("bob");
        assertTrue(desk.text().contains("bob"), desk.text());
        bobs.browser.open(at("admin/desk"));
        assertEquals(List.of(403), bobs.statuses());
    }

    private void logoutEndsBothSessions() throws Exception {
        assertEquals(1, keycloak.admin().sessions("alice").size());
        Page bye = browser.submit(browser.open(at("desk")).form("form"));
        assertEquals(at("public/hello"), bye.uri());
        assertEquals(List.of(), keycloak.admin().sessions("alice"));
        assertLoginNeeded();
    }

    private void theProviderEndsTheSession() throws Exception {
        keycloak.admin().logOut("alice");
        Await.until("the session ends", () -> browser.open(at("desk")).status() != 200 || hops() > 1);
        assertLoginNeeded();
    }

    private void assertLoginNeeded() throws Exception {
        browser.open(at("desk"));
        assertTrue(new KeycloakPages(browser).asksForLogin(), browser.page().text());
    }

    private Page logInAs(String user) throws Exception {
        browser = browsers.get();
        browser.open(at("desk"));
        Page desk = new KeycloakPages(browser).logIn(user);
        assertEquals(200, desk.status(), desk.text());
        return desk;
    }

    /** All of it, and no other spelling of a path opens anything. */
    void passesWithOddPaths() throws Exception {
        passes();
        loginLeadsBackToThePageAskedFor();
        OddPaths.overHttp1(shop).hideNothing(cookies());
    }

    /** A login, and neither another spelling of a path nor pseudo headers open anything over HTTP/2. */
    void passesWithOddPathsOverHttp2(SSLContext tls) throws Exception {
        loginLeadsBackToThePageAskedFor();
        OddPaths.overHttp2(shop, tls).hideNothing(cookies());
        new PseudoHeaders(shop, tls).hideNothing(cookies());
    }

    /** A login and a logout in a real browser. */
    void passesIn(Chrome chrome) {
        chrome.driver().get(at("desk").toString());
        chrome.driver().findElement(By.name("username")).sendKeys("alice");
        chrome.driver().findElement(By.name("password")).sendKeys("alice-password");
        chrome.driver().findElement(By.id("kc-login")).click();
        chrome.await().until(ExpectedConditions.urlToBe(at("desk").toString()));
        assertEquals("alice", chrome.driver().findElement(By.id("name")).getText());
        chrome.driver().findElement(By.xpath("//button[. = 'Sign out']")).click();
        chrome.await().until(ExpectedConditions.urlToBe(at("public/hello").toString()));
    }

    /** A login over https all the way: the addresses that the provider sees, and cookies that http never carries. */
    void passesSecurely() throws Exception {
        publicPagesAreOpen();
        loginLeadsBackToThePageAskedFor();
        browser.hops().forEach(hop -> {
            if (hop.uri().getAuthority().equals(shop.getAuthority())) {
                assertEquals("https", hop.uri().getScheme());
                hop.headers("Set-Cookie")
                        .forEach(cookie ->
                                assertTrue(cookie.toLowerCase(Locale.ROOT).contains("; secure"), cookie));
            }
        });
        Cookie session = browser.cookies().find(at("desk"), "JSESSIONID").orElseThrow();
        assertTrue(session.secure());
        assertTrue(session.httpOnly());
    }

    /** The status of the answer to the handshake of the shop's web socket. */
    int ring(String cookies) throws Exception {
        WebSocket.Builder handshake = HttpClient.newHttpClient().newWebSocketBuilder();
        if (!cookies.isEmpty()) {
            handshake.header("Cookie", cookies);
        }
        URI bell = URI.create("ws://" + shop.getAuthority() + shop.getPath() + "bell");
        try {
            WebSocket socket =
                    handshake.buildAsync(bell, new WebSocket.Listener() {}).get(60, TimeUnit.SECONDS);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(60, TimeUnit.SECONDS);
            return 101;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** The {@code Cookie} header with which the browser would ask for a page of the shop. */
    String cookies() {
        return browser.cookies().of(at("desk")).stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /** The shop does not let anybody log in, because it would be over http. */
    void isRefused() throws Exception {
        Page refusal = browser.open(at("desk"));
        assertEquals(1, hops(), refusal.text());
        assertTrue(refusal.status() >= 400, refusal.text());
    }

    /** Whether the answer to the login says {@code SameSite} of the session cookie. */
    boolean sessionCookieIsLax() {
        List<String> cookies = browser.hops().stream()
                .flatMap(hop -> hop.headers("Set-Cookie").stream())
                .filter(cookie -> cookie.startsWith("JSESSIONID="))
                .toList();
        return !cookies.isEmpty()
                && cookies.stream()
                        .allMatch(cookie -> cookie.toLowerCase(Locale.ROOT).contains("samesite=lax"));
    }

    private int hops() {
        return browser.hops().size();
    }

    private List<Integer> statuses() {
        return browser.hops().stream().map(hop -> hop.status()).toList();
    }
}
