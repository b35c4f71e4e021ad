// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Chrome;
import org.oidcfilter.it.process.ChromeExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** {@link Browser} sends what Chromium sends, so that tests without a real browser mean something. */
@ExtendWith(ChromeExtension.class)
class BrowserLikeChromiumIT {
    private static final List<String> HEADERS = List.of(
            "Cookie", "Origin", "Referer", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-User");
    private static final List<String> COOKIES = List.of(
            "lax=1; Path=/; SameSite=Lax",
            "strict=1; Path=/; SameSite=Strict",
            "none=1; Path=/; SameSite=None; Secure",
            "insecure-none=1; Path=/; SameSite=None",
            "secure=1; Path=/; SameSite=Lax; Secure; HttpOnly",
            "__Host-whole=1; Path=/; SameSite=Lax; Secure",
            "__Host-with-path=1; Path=/app; SameSite=Lax; Secure",
            "__Host-insecure=1; Path=/; SameSite=Lax",
            "__Secure-safe=1; Path=/; SameSite=Lax; Secure",
            "__Secure-insecure=1; Path=/; SameSite=Lax",
            "deep=1; Path=/app; SameSite=Lax",
            "neighbour=1; Path=/ap; SameSite=Lax",
            "default-path=1; SameSite=Lax",
            "gone=1; Path=/; Max-Age=0",
            "past=1; Path=/; Expires=Thu, 01-Jan-1970 00:00:10 GMT",
            "later=1; Path=/; Max-Age=600; SameSite=Lax",
            "foreign=1; Path=/; Domain=example.com; SameSite=Lax",
            "empty=; Path=/; SameSite=Lax",
            "quoted=\"1\"; Version=1; Path=/; SameSite=Lax",
            "lax=2; Path=/; SameSite=Lax",
            "huge=" + "x".repeat(4096) + "; Path=/; SameSite=Lax");

    private final PageServer server;
    private final Browser browser = new Browser();
    private final Chrome chrome;
    private final WebDriver chromium;

    BrowserLikeChromiumIT(Chrome chrome) throws Exception {
        this.chrome = chrome;
        chromium = chrome.driver();
        server = new PageServer();
    }

    @BeforeEach
    void giveBothTheSameCookies() throws Exception {
        server.cookies("/app/cookies", COOKIES);
        server.echo("/app/echo", HEADERS);
        chromium.get(server.at("/app/cookies").toString());
        chromium.manage().deleteAllCookies();
        chromium.get(server.at("/app/cookies").toString());
        browser.open(server.at("/app/cookies"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whenTheUserTypesAnAddress() throws Exception {
        chromium.get(server.at("/app/echo").toString());
        browser.open(server.at("/app/echo"));

        assertSame();
    }

    @Test
    void whenTheUserFollowsALink() throws Exception {
        server.page("/links", Map.of(), link(server.at("/app/echo").toString()));
        chromium.get(server.at("/links?from=here").toString());
        browser.open(server.at("/links?from=here"));

        click();

        assertSame();
    }

    @Test
    void whenTheUserFollowsALinkFromAnotherSite() throws Exception {
        server.page("/links", Map.of(), link(server.at("/app/echo").toString()));
        chromium.get(server.elsewhere("/links?from=there").toString());
        browser.open(server.elsewhere("/links?from=there"));

        click();

        assertSame();
    }

    @Test
    void whenALinkLeadsHomeThroughAnotherSite() throws Exception {
        server.redirect("/away", 302, server.at("/app/echo"));
        server.page("/links", Map.of(), link(server.elsewhere("/away").toString()));
        chromium.get(server.at("/links").toString());
        browser.open(server.at("/links"));

        click();

        assertSame();
    }

    @Test
    void whenTheUserSubmitsAForm() throws Exception {
        server.page("/form", Map.of(), form(server.at("/app/echo").toString()));
        chromium.get(server.at("/form").toString());
        browser.open(server.at("/form"));

        submit();

        assertSame();
    }

    @Test
    void whenTheUserSubmitsAFormOfAnotherSite() throws Exception {
        server.page("/form", Map.of(), form(server.at("/app/echo").toString()));
        chromium.get(server.elsewhere("/form").toString());
        browser.open(server.elsewhere("/form"));

        submit();

        assertSame();
    }

    @Test
    void whenTheFormIsOnAPageThatSendsNoReferrer() throws Exception {
        server.page(
                "/form",
                Map.of("Referrer-Policy", "no-referrer"),
                form(server.at("/app/echo").toString()));
        chromium.get(server.elsewhere("/form").toString());
        browser.open(server.elsewhere("/form"));

        submit();

        assertSame();
    }

    @Test
    void whenAPostIsRedirected() throws Exception {
        server.redirect("/see-other", 303, server.at("/app/echo"));
        server.page("/form", Map.of(), form(server.at("/see-other").toString()));
        chromium.get(server.at("/form").toString());
        browser.open(server.at("/form"));

        submit();

        assertSame();
    }

    @Test
    void whenAPostIsRepeated() throws Exception {
        server.redirect("/repeat", 307, server.at("/app/echo"));
        server.page("/form", Map.of(), form(server.at("/repeat").toString()));
        chromium.get(server.at("/form").toString());
        browser.open(server.at("/form"));

        submit();

        assertSame();
    }

    @Test
    void whenAPostIsRepeatedOnAnotherSite() throws Exception {
        server.redirect("/repeat", 307, server.at("/app/echo"));
        server.page("/form", Map.of(), form(server.elsewhere("/repeat").toString()));
        chromium.get(server.at("/form").toString());
        browser.open(server.at("/form"));

        submit();

        assertSame();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenAFrameLoads(boolean ofAnotherSite) throws Exception {
        server.page("/frames", Map.of(), "<iframe src='" + server.at("/app/echo") + "'></iframe>");
        URI frames = ofAnotherSite ? server.elsewhere("/frames") : server.at("/frames");
        chromium.get(frames.toString());
        browser.open(frames);

        String framed =
                chromium.switchTo().frame(0).findElement(By.tagName("body")).getText();

        assertEquals(framed, browser.loadFrames().get(0).text());
    }

    @Test
    void whenAScriptFetches() throws Exception {
        chromium.get(server.at("/app/cookies?again").toString());
        browser.open(server.at("/app/cookies?again"));

        Object fetched = ((JavascriptExecutor) chromium)
                .executeAsyncScript("const done = arguments[0];"
                        + "fetch('/app/echo').then(response => response.text()).then(done);");

        assertEquals(fetched, browser.fetch(server.at("/app/echo")).body());
    }

    private void click() throws Exception {
        chromium.findElement(By.linkText("go")).click();
        browser.click("go");
    }

    private void submit() throws Exception {
        chromium.findElement(By.id("send")).click();
        browser.submit(browser.page().form("form"));
    }

    private void assertSame() {
        chrome.await().until(ExpectedConditions.urlToBe(browser.page().uri().toString()));
        String seen = chrome.await()
                .ignoring(StaleElementReferenceException.class)
                .until(driver -> driver.findElement(By.tagName("body")).getText());
        assertEquals(seen, browser.page().text());
    }

    private static String link(String target) {
        return "<a href='" + target + "'>go</a>";
    }

    private static String form(String target) {
        return "<form method='post' action='" + target + "'><input name='user' value='alice &amp; bob'>"
                + "<input type='checkbox' name='off' value='1'><input type='checkbox' name='on' value='1' checked>"
                + "<button id='send'>send</button></form>";
    }
}
