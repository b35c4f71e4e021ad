// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome.Reply;

/** OpenID Connect Front-Channel Logout 1.0, as a page of the provider shows our address in a frame. */
class FrontchannelLogoutTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");

    private final Application application = Application.standard();
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    @Tag("LO-30")
    void endsTheSessionOfTheBrowserThatShowsTheFrame() throws Exception {
        assertEquals(200, frame(browser, application.provider.issuer(), sid()).status());
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    void endsTheSessionsThatThisNodeHoldsAlthoughTheBrowserWithholdsItsCookie() throws Exception {
        var sid = sid();
        application.localSessions = mark -> mark.ends(browser.session.stored.orElseThrow()) ? 1 : 0;
        frame(application.browser(), application.provider.issuer(), sid);
        assertEquals(sid, application.endedHere.get(0).sid().orElseThrow());
        assertEquals(302, browser.reply(PAGE).status(), "the mark decides, whatever the node could end at once");
    }

    @Test
    @Tag("LO-31")
    void storesNothingForASidThatNobodyHereHas() throws Exception {
        frame(application.browser(), application.provider.issuer(), sid());
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    @Tag("LO-30")
    @Tag("LO-31")
    void needsTheIssuerAndTheSid() throws Exception {
        var issuer = application.provider.issuer();
        for (var query : List.of(
                "",
                "sid=" + sid(),
                "iss=" + issuer,
                "iss=https://evil.example&sid=" + sid(),
                "iss=" + issuer + "/&sid=" + sid(),
                "iss=" + issuer + "&sid=",
                "iss=" + issuer + "&sid=" + sid() + "x")) {
            assertEquals(200, browser.reply(frameRequest(query)).status(), query);
            assertTrue(browser.proceed(PAGE).caller().isPresent(), query);
        }
        assertEquals(
                400,
                browser.reply(frameRequest("iss=" + issuer + "&sid=a&sid=" + sid()))
                        .status());
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    @Tag("LO-30")
    void mayBeFramedAndNoOtherPageOfOursMay() throws Exception {
        var answer = frame(browser, application.provider.issuer(), sid());
        assertFalse(answer.headers().containsKey("X-Frame-Options"));
        assertEquals("default-src 'none'", answer.headers().get("Content-Security-Policy"));
        assertEquals("no-store", answer.headers().get("Cache-Control"));
        assertTrue(answer.cookies().isEmpty());
        for (var path : List.of("/oidc/logout", "/oidc/callback", "/oidc/logout/callback")) {
            var other = browser.reply(PlainRequest.get(path));
            assertEquals("DENY", other.headers().get("X-Frame-Options"), path);
            assertTrue(
                    other.headers().getOrDefault("Content-Security-Policy", "").contains("frame-ancestors 'none'"),
                    path);
        }
    }

    @Test
    void theAnswerDoesNotTellWhetherThereWasASession() throws Exception {
        var hit = frame(browser, application.provider.issuer(), sid());
        var missed = frame(application.browser(), application.provider.issuer(), "unknown");
        assertEquals(hit.body(), missed.body());
        assertEquals(hit.headers(), missed.headers());
    }

    @Test
    @Tag("LO-30")
    void asksTheProviderNothing() throws Exception {
        application.calls.set(0);
        frame(browser, application.provider.issuer(), sid());
        assertEquals(0, application.calls.get());
    }

    private String sid() {
        return browser.session.stored.orElseThrow().identity().sid().orElseThrow();
    }

    private static Reply frame(PlainBrowser browser, String issuer, String sid) throws Exception {
        return browser.reply(frameRequest("iss=" + issuer + "&sid=" + sid));
    }

    private static PlainRequest frameRequest(String query) {
        return PlainRequest.get("/oidc/frontchannel-logout?" + query)
                .header("Sec-Fetch-Dest", "iframe")
                .header("Sec-Fetch-Site", "cross-site");
    }
}
