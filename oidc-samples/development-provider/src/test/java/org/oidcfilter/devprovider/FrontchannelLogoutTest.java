// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.LOGGED_OUT_URI;
import static org.oidcfilter.devprovider.RelyingParty.REDIRECT_URI;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.payload;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrontchannelLogoutTest {
    private static final String FRAME = "http://127.0.0.1:8080/oidc/frontchannel-logout";

    private final DevelopmentProvider op = DevelopmentProvider.builder()
            .client(SHOP.frontchannelLogoutUri(FRAME))
            .client(Client.open("spa").redirectUri(REDIRECT_URI).frontchannelLogoutUri("http://127.0.0.1:1/"))
            .user(User.named("alice"))
            .start();
    private final RelyingParty rp = new RelyingParty(op);

    @BeforeEach
    void logInWithoutPage() {
        op.loginAs("alice");
    }

    @AfterEach
    void close() {
        op.close();
    }

    @Test
    void thePageFramesEachClientOfTheSessionWithIssuerAndSid() throws Exception {
        String idToken = idToken();
        HttpResponse<String> page = rp.get("/end-session", Map.of("id_token_hint", idToken));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<iframe src=\"" + Page.escape(frame(idToken)) + "\" hidden>"), page.body());
        assertFalse(page.body().contains("http://127.0.0.1:1/"), "the other client took no part");
        assertFalse(page.body().contains("<script"), "there is nowhere to go");
        assertTrue(op.sessions().isEmpty());
    }

    @Test
    void thePageMayFrame() throws Exception {
        HttpResponse<String> page = rp.get("/end-session", Map.of("id_token_hint", idToken()));
        assertTrue(
                page.headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow()
                        .contains("; frame-src http: https:;"),
                page.headers().toString());
    }

    @Test
    void thePageLeadsBackToTheClientWhenTheFramesAreLoaded() throws Exception {
        HttpResponse<String> page = rp.get(
                "/end-session",
                Map.of("id_token_hint", idToken(), "post_logout_redirect_uri", LOGGED_OUT_URI, "state", "by&e"));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<a href=\"" + LOGGED_OUT_URI + "?state=by%26e\">"), page.body());
        String script = Html.element(page.body(), "script");
        assertTrue(
                page.headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow()
                        .contains("script-src '" + Page.hash(script) + "'"),
                page.headers().toString());
    }

    @Test
    void aSessionThatIsNotKnownFramesNothing() throws Exception {
        String idToken = idToken();
        op.endSession("alice");
        HttpResponse<String> page = rp.get("/end-session", Map.of("id_token_hint", idToken));
        assertFalse(page.body().contains("<iframe"), page.body());
    }

    @Test
    void aClientMayWantBothChannels() throws Exception {
        try (var sink = new Sink()) {
            op.register(SHOP.frontchannelLogoutUri(FRAME).backchannelLogoutUri(sink.uri("/shop")));
            String idToken = idToken();
            HttpResponse<String> page = rp.get("/end-session", Map.of("id_token_hint", idToken));
            assertTrue(page.body().contains(Page.escape(frame(idToken))), page.body());
            assertEquals(1, sink.requests().size());
        }
    }

    private String frame(String idToken) {
        String sid = String.valueOf(payload(idToken).get("sid"));
        return Form.append(FRAME, new TreeMap<>(Map.of("iss", op.issuer(), "sid", sid)));
    }

    private String idToken() throws Exception {
        return String.valueOf(rp.logIn().get("id_token"));
    }
}
