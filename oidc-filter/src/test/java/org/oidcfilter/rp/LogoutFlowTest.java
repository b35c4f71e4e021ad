// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.Json;

class LogoutFlowTest {
    private static final PlainRequest LINK = PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin");

    private Application application;
    private PlainBrowser browser;

    @BeforeEach
    void logIn() throws Exception {
        application = Application.standard();
        browser = application.browser();
        browser.logIn("/page");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    @Tag("LO-32")
    void aLinkOfTheApplicationEndsTheSessionHereAndAtTheProvider() throws Exception {
        var idToken = browser.session.stored.orElseThrow().tokens().idToken().reveal();
        var redirect = browser.reply(LINK);
        assertEquals(1, browser.session.ended.get());
        assertTrue(location(redirect).startsWith(application.provider.issuer() + "/end-session?"));
        assertTrue(location(redirect).contains("id_token_hint=" + idToken));
        assertTrue(location(redirect).contains("client_id=shop"));
        var back = browser.reply(PlainBrowser.fromProvider(location(redirect)));
        assertEquals(200, back.status());
        assertTrue(back.body().contains("You are signed out"));
        assertTrue(browser.cookies.isEmpty());
        assertEquals(302, browser.reply(PlainRequest.get("/page")).status());
    }

    @Test
    void theReturnLeadsWhereTheOperatorSays() throws Exception {
        try (var other = Application.with(Map.of("oidc.post-logout-path", "/public/bye"))) {
            var caller = other.browser();
            caller.logIn("/page");
            var back = caller.reply(PlainBrowser.fromProvider(location(caller.reply(LINK))));
            assertEquals("http://127.0.0.1:8080/app/public/bye", location(back));
        }
    }

    @Test
    @Tag("LO-03")
    void aReturnThatThisBrowserDidNotStartHasNoEffect() throws Exception {
        for (var query : new String[] {"", "?state=", "?state=abc", "?state=abc&state=abc"}) {
            var reply = browser.reply(PlainRequest.get("/oidc/logout/callback" + query));
            assertEquals(400, reply.status(), query);
            assertFalse(reply.headers().containsKey("Location"));
        }
        assertTrue(browser.proceed(PlainRequest.get("/page")).caller().isPresent());
    }

    @Test
    @Tag("LO-01")
    void aRequestThatIsNotProvablyOursIsAskedFirst() throws Exception {
        for (var site : new String[] {"cross-site", "same-site", "none"}) {
            var reply = browser.reply(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", site));
            assertEquals(200, reply.status(), site);
            assertTrue(reply.body().contains("Do you want to sign out?"));
        }
        assertEquals(0, browser.session.ended.get());
    }

    @Test
    void theConfirmationNeedsNoHeaderAndItsProofIsOfThisSessionOnly() throws Exception {
        var page = browser.reply(PlainRequest.get("/oidc/logout")).body();
        var matcher = Pattern.compile("name=\"proof\" value=\"([^\"]+)\"").matcher(page);
        assertTrue(matcher.find());
        application.loginAs("bob");
        var other = application.browser();
        other.logIn("/page");
        var foreign = other.reply(PlainRequest.post("/oidc/logout", "proof=" + matcher.group(1)));
        assertEquals(200, foreign.status(), "asked, not ended");
        assertEquals(0, other.session.ended.get());
        var confirmed = browser.reply(PlainRequest.post("/oidc/logout", "proof=" + matcher.group(1)));
        assertEquals(303, confirmed.status());
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    void theUserEndpointOffersALinkThatNeedsNoConfirmation() throws Exception {
        var user = Json.parse(
                browser.reply(PlainRequest.get("/oidc/user").byScript()).body());
        var link = String.valueOf(user.get("logout_url"));
        assertTrue(link.startsWith("/app/oidc/logout?proof="));
        assertEquals(
                302,
                browser.reply(PlainRequest.get(link.substring("/app".length()))).status());
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    @Tag("IL-11")
    @Tag("LO-05")
    void aHugeIdTokenStaysOutOfTheAddressSoThatTheProviderAsks() throws Exception {
        application.provider.idTokens((header, claims) -> claims.put("groups", "x".repeat(5000)));
        var caller = application.browser();
        caller.logIn("/page");
        var address = URI.create(location(caller.reply(LINK)));
        assertEquals(
                Set.of("client_id", "post_logout_redirect_uri", "state"),
                Form.parse(address.getRawQuery()).fields().keySet());
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
        assertEquals(303, answer.statusCode(), "the provider knows who asks");
    }

    @Test
    void aLocalLogoutLeavesTheProviderAlone() throws Exception {
        var reply = browser.reply(PlainRequest.get("/oidc/logout?scope=here").header("Sec-Fetch-Site", "same-origin"));
        assertEquals(200, reply.status());
        assertEquals(1, browser.session.ended.get());
        assertEquals(0, application.provider.requests("/end-session").size());
    }

    @Test
    void aLogoutAtTheProviderLeavesTheOtherSessionsOfTheCaller() throws Exception {
        var others = others();
        browser.reply(LINK);
        for (var other : others) {
            assertTrue(other.proceed(PlainRequest.get("/page")).caller().isPresent());
        }
        assertEquals(1, application.endedHere.size());
        assertTrue(application.endedHere.get(0).sid().isPresent());
    }

    @Test
    void aLogoutEverywhereEndsAllSessionsOfTheCallerAndOfNobodyElse() throws Exception {
        var others = others();
        browser.reply(PlainRequest.get("/oidc/logout?scope=everywhere").header("Sec-Fetch-Site", "same-origin"));
        assertEquals(302, others.get(0).reply(PlainRequest.get("/page")).status());
        assertTrue(others.get(1).proceed(PlainRequest.get("/page")).caller().isPresent());
        assertEquals(Optional.of("alice"), application.endedHere.get(0).subject());
        assertEquals(Optional.empty(), application.endedHere.get(0).sid());
    }

    /** Another browser of Alice, and one of Bob. */
    private List<PlainBrowser> others() throws Exception {
        var alices = application.browser();
        alices.logIn("/page");
        var bobs = application.loginAs("bob").browser();
        bobs.logIn("/page");
        application.clock.advance(Duration.ofSeconds(1));
        return List.of(alices, bobs);
    }

    @Test
    @Tag("LO-02")
    void aLogoutLeadsNowhereThatTheRequestNames() throws Exception {
        for (var name : List.of("returnTo", "return_to", "post_logout_redirect_uri", "redirect", "target_link_uri")) {
            for (var evil : List.of("//evil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example")) {
                var user = application.browser();
                user.logIn("/page");
                var reply = user.reply(
                        PlainRequest.get("/oidc/logout?" + name + "=" + evil).header("Sec-Fetch-Site", "same-origin"));
                assertFalse(location(reply).contains("evil"), location(reply));
                var back = user.reply(PlainBrowser.fromProvider(location(reply)));
                assertEquals(200, back.status());
                assertFalse(back.body().contains("evil"));
            }
        }
    }

    @Test
    @Tag("LO-03")
    void aReturnThatComesTwiceHasNoEffect() throws Exception {
        var back = PlainBrowser.fromProvider(location(browser.reply(LINK)));
        assertEquals(200, browser.reply(back).status());
        browser.logIn("/page");
        assertEquals(400, browser.reply(back).status());
        assertTrue(browser.proceed(PlainRequest.get("/page")).caller().isPresent());
    }

    @Test
    @Tag("LO-07")
    void noPageOfASignedInPersonIsKeptForTheBackButton() throws Exception {
        assertEquals(
                "no-store", browser.proceed(PlainRequest.get("/page")).headers().get("Cache-Control"));
        var user = browser.reply(PlainRequest.get("/oidc/user").byScript());
        assertEquals("no-store", user.headers().get("Cache-Control"));
    }

    @Test
    void aScopeThatDoesNotExistEndsNothing() throws Exception {
        for (var scope : List.of("local", "HERE", "all")) {
            var reply = browser.reply(
                    PlainRequest.get("/oidc/logout?scope=" + scope).header("Sec-Fetch-Site", "same-origin"));
            assertEquals(400, reply.status());
            assertTrue(reply.body().contains("logout_scope"));
        }
        assertTrue(browser.proceed(PlainRequest.get("/page")).caller().isPresent());
    }

    @Test
    void theConfirmationKeepsTheScope() throws Exception {
        var page =
                browser.reply(PlainRequest.get("/oidc/logout?scope=everywhere").header("Sec-Fetch-Site", "cross-site"));
        assertTrue(page.body().contains("name=\"scope\" value=\"everywhere\""));
    }

    @Test
    @Tag("LO-06")
    void tokensAreRevokedRefreshTokenFirst() throws Exception {
        try (var other = Application.with(Map.of("oidc.scope", "openid offline_access"))) {
            var user = other.browser();
            user.logIn("/page");
            var tokens = user.session.stored.orElseThrow().tokens();
            user.reply(LINK);
            assertEquals(
                    List.of(
                            tokens.refreshToken().orElseThrow().reveal(),
                            tokens.accessToken().orElseThrow().reveal()),
                    other.provider.requests("/revoke").stream()
                            .map(request -> request.form("token").orElseThrow())
                            .toList());
        }
    }

    @Test
    @Tag("LO-06")
    void aRevocationThatFailsKeepsNobodySignedIn() throws Exception {
        for (var answer : List.of(
                Reply.json(500, Map.of()),
                Reply.hangUp(),
                Reply.json(400, Map.of("error", "unsupported_token_type")))) {
            application.provider.answer(Endpoint.REVOCATION, (request, honest) -> answer);
            var user = application.browser();
            user.logIn("/page");
            assertTrue(location(user.reply(LINK)).startsWith(application.provider.issuer() + "/end-session?"));
            assertEquals(1, user.session.ended.get());
        }
    }

    @Test
    void nothingIsRevokedByALogoutHereOrWhereTheOperatorDoesNotWantIt() throws Exception {
        browser.reply(PlainRequest.get("/oidc/logout?scope=here").header("Sec-Fetch-Site", "same-origin"));
        assertEquals(0, application.provider.requests("/revoke").size());
        try (var other = Application.with(Map.of("oidc.revoke-tokens", "false"))) {
            var user = other.browser();
            user.logIn("/page");
            user.reply(LINK);
            assertEquals(0, other.provider.requests("/revoke").size());
        }
    }

    @Test
    void whoComesBackLateToSignOutIsSignedOutEverywhere() throws Exception {
        application.clock.advance(java.time.Duration.ofMinutes(31));
        var redirect = browser.reply(LINK);
        assertTrue(location(redirect).startsWith(application.provider.issuer() + "/end-session?"));
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    @Tag("LO-08")
    void loggingOutTwiceIsNoError() throws Exception {
        browser.reply(LINK);
        var again = browser.reply(LINK);
        assertEquals(200, again.status());
        assertTrue(again.body().contains("not signed in"));
    }

    @Test
    @Tag("LO-04")
    void aProviderWithoutMetadataKeepsNobodySignedIn() throws Exception {
        try (var other = Application.standard()) {
            var caller = other.browser();
            caller.session.stored = browser.session.stored.map(session -> new org.oidcfilter.OidcSession(
                    new org.oidcfilter.OidcSession.Identity(
                            other.provider.issuer(),
                            session.identity().subject(),
                            session.identity().sid(),
                            session.identity().name(),
                            session.identity().roles()),
                    session.tokens(),
                    session.authentication(),
                    session.times()));
            other.provider.answer(Endpoint.DISCOVERY, (request, honest) -> Reply.text(503, "down"));
            var reply = caller.reply(LINK);
            assertEquals(200, reply.status());
            assertTrue(reply.body().contains("You may still be signed in"));
            assertEquals(1, caller.session.ended.get());
        }
    }

    @Test
    void ourPathsAnswerToTheirMethodsOnly() throws Exception {
        for (var path :
                new String[] {"/oidc/logout", "/oidc/callback", "/oidc/login", "/oidc/user", "/oidc/logout/callback"}) {
            for (var method : new String[] {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD"}) {
                var reply = browser.reply(PlainRequest.get(path).method(method));
                assertEquals(405, reply.status(), method + " " + path);
                assertTrue(reply.headers().containsKey("Allow"));
            }
        }
        assertEquals(0, browser.session.ended.get());
    }
}
