// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code response_mode=form_post}: the provider's page posts across sites, without our Lax cookies. */
class FormPostFlowTest {
    private Application application;
    private PlainBrowser browser;

    @BeforeEach
    void start() {
        application = Application.with(Map.of("oidc.response-mode", "form_post"));
        browser = application.browser();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void aResponseWithoutItsCookieIsPostedOnceMoreFromHere() throws Exception {
        var response = response("/page?x=1");
        var withheld = application.browser();
        var page = withheld.reply(PlainRequest.post("/oidc/callback", response));
        assertEquals(200, page.status());
        assertTrue(page.headers().getOrDefault("Content-Security-Policy", "").contains("script-src 'sha256-"));
        assertTrue(application.provider.requests("/token").isEmpty());

        var back = browser.reply(PlainRequest.post("/oidc/callback", PlainBrowser.fields(page.body())));
        assertEquals(303, back.status());
        assertEquals("http://127.0.0.1:8080/app/page?x=1", location(back));
        assertTrue(browser.proceed(PlainRequest.get("/page")).caller().isPresent());
    }

    @Test
    void itIsPostedOnceMoreOnlyOnce() throws Exception {
        var stranger = application.browser();
        var page = stranger.reply(PlainRequest.post("/oidc/callback", response("/page")));
        var again = stranger.reply(PlainRequest.post("/oidc/callback", PlainBrowser.fields(page.body())));
        assertEquals(400, again.status());
        assertTrue(again.body().contains("state_unknown"));
        assertTrue(again.body().contains("allow cookies"));
    }

    @Test
    void aResponseByGetIsRefusedAndSpent() throws Exception {
        var response = response("/page");
        var reply = browser.reply(PlainRequest.get("/oidc/callback?" + response));
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains("response_mode"));
        assertEquals(
                400,
                browser.reply(PlainRequest.post("/oidc/callback", response + "&resubmitted=1"))
                        .status());
        assertTrue(application.provider.requests("/token").isEmpty());
    }

    @Test
    void parametersInQueryAndBodyAreRefused() throws Exception {
        var response = response("/page");
        var reply = browser.reply(PlainRequest.post("/oidc/callback?code=other", response));
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains("response_malformed"));
    }

    @Test
    void aHugeFormIsRefused() throws Exception {
        var reply = browser.reply(PlainRequest.post("/oidc/callback", "code=" + "x".repeat(100_000) + "&state=y"));
        assertEquals(413, reply.status());
    }

    @Test
    @Tag("RD-16")
    void hostileFieldsComeBackEscapedOrNotAtAll() throws Exception {
        var reply = browser.reply(
                PlainRequest.post("/oidc/callback", "state=s&code=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"));
        assertFalse(reply.body().contains("<script>alert"));
    }

    /** The form that the provider's page posts. */
    private String response(String page) throws Exception {
        return browser.toPostedCallback(PlainRequest.get(page));
    }
}
