// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome.Proceed;

class LoginFlowTest {
    private Application application;
    private PlainBrowser browser;

    @BeforeEach
    void start() {
        application = Application.standard();
        browser = application.browser();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void leadsBackToThePageThatWasAskedForQueryIncluded() throws Exception {
        var back = browser.logIn("/page?a=1&b=%2F");
        assertEquals(302, back.status());
        assertEquals("http://127.0.0.1:8080/app/page?a=1&b=%2F", location(back));
        var proceed = browser.proceed(PlainRequest.get("/page?a=1&b=%2F"));
        var caller = proceed.caller().orElseThrow();
        assertEquals("alice", caller.getName());
        assertEquals(application.provider.issuer(), caller.issuer());
        assertTrue(caller.roles().contains("admin"));
        assertEquals("no-store", proceed.headers().get("Cache-Control"));
    }

    @Test
    @Tag("AQ-03")
    void sendsStateNonceAndPkceFreshEachTime() throws Exception {
        var first = location(browser.reply(PlainRequest.get("/page")));
        var second = location(browser.reply(PlainRequest.get("/page")));
        for (var name : List.of("state", "nonce", "code_challenge")) {
            assertEquals(43, parameter(first, name).length(), name);
            assertNotEquals(parameter(first, name), parameter(second, name), name);
        }
        assertEquals("S256", parameter(first, "code_challenge_method"));
        assertEquals("code", parameter(first, "response_type"));
    }

    @Test
    void aLoginCostsTheProviderOneCallOnceMetadataAndKeysAreKnown() throws Exception {
        browser.logIn("/page");
        var before = application.calls.get();
        application.browser().logIn("/page");
        assertEquals(before + 1, application.calls.get());
    }

    @Test
    @Tag("DS-02")
    void scriptsGet401AndNoCookie() throws Exception {
        var reply = browser.reply(PlainRequest.get("/page").byScript());
        assertEquals(401, reply.status());
        assertTrue(reply.cookies().isEmpty());
        assertTrue(reply.body().contains("\"login_url\":\"/app/oidc/login\""));
        assertEquals("no-store", reply.headers().get("Cache-Control"));
        assertEquals(0, application.calls.get());
    }

    @Test
    void anonymousVisitorsOfAPublicPageLeaveNoTrace() throws Exception {
        var proceed = browser.proceed(PlainRequest.get("/public/page"));
        assertTrue(proceed.caller().isEmpty());
        assertTrue(proceed.cookies().isEmpty());
        assertTrue(proceed.headers().isEmpty());
        assertEquals(0, browser.session.begun.get());
    }

    @Test
    void aPublicPageKnowsTheCaller() throws Exception {
        browser.logIn("/page");
        var proceed = browser.proceed(PlainRequest.get("/public/page"));
        assertEquals("alice", proceed.caller().orElseThrow().getName());
        assertEquals("private, no-cache", proceed.headers().get("Cache-Control"));
    }

    @Test
    @Tag("AR-30")
    void severalTabsLogInAtOnceAndEachEndsWhereItStarted() throws Exception {
        var first = browser.toCallback(PlainRequest.get("/one"));
        var second = browser.toCallback(PlainRequest.get("/two"));
        assertEquals("http://127.0.0.1:8080/app/two", location(browser.reply(second)));
        assertEquals("http://127.0.0.1:8080/app/one", location(browser.reply(first)));
        assertTrue(browser.cookies.isEmpty());
    }

    @Test
    void aFifthPendingLoginPushesOutTheOldest() throws Exception {
        for (var i = 0; i < 5; i++) {
            browser.reply(PlainRequest.get("/page" + i));
            application.clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(4, browser.cookies.size());
    }

    @Test
    void aReloadedCallbackLeadsWhoIsLoggedInToTheStartPage() throws Exception {
        var callback = browser.toCallback(PlainRequest.get("/page"));
        browser.reply(callback);
        var again = browser.reply(callback);
        assertEquals("http://127.0.0.1:8080/app/", location(again));
        assertEquals(1, application.provider.requests("/token").size());
    }

    @Test
    void aCallbackInAnotherBrowserIsRefused() throws Exception {
        var callback = browser.toCallback(PlainRequest.get("/page"));
        var victim = application.browser();
        var reply = victim.reply(callback);
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains("state_unknown"));
        assertEquals(0, victim.session.begun.get());
        assertTrue(application.provider.requests("/token").isEmpty());
        assertEquals(302, browser.reply(callback).status());
    }

    @Test
    void aLoginThatTookTooLongOffersToStartAgain() throws Exception {
        var callback = browser.toCallback(PlainRequest.get("/page?x=1"));
        application.clock.advance(Duration.ofMinutes(11));
        var reply = browser.reply(callback);
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains("login_expired"));
        assertTrue(reply.body().contains("href=\"/app/oidc/login?return_to=%2Fapp%2Fpage%3Fx%3D1\""));
        assertTrue(application.provider.requests("/token").isEmpty());
        assertTrue(browser.cookies.isEmpty());
    }

    @Test
    void aRefusalOfTheProviderEndsOnAPageAndStartsNothing() throws Exception {
        var redirect = browser.reply(PlainRequest.get("/page"));
        var state = parameter(location(redirect), "state");
        var iss = Login.encoded(application.provider.issuer());
        var reply = browser.reply(PlainRequest.get(
                "/oidc/callback?error=access_denied&error_description=%3Cscript%3E&state=" + state + "&iss=" + iss));
        assertEquals(403, reply.status());
        assertTrue(reply.body().contains("login_refused"));
        assertFalse(reply.body().contains("script>"));
        assertFalse(reply.headers().containsKey("Location"));
        assertTrue(browser.cookies.isEmpty());
    }

    @Test
    void anIssuerThatIsMissingOrAnotherIsRefusedBeforeTheCodeIsRedeemed() throws Exception {
        for (var iss : List.of(
                "", "&iss=https%3A%2F%2Fevil.example", "&iss=" + Login.encoded(application.provider.issuer() + "/"))) {
            var callback = browser.toCallback(PlainRequest.get("/page"));
            var query = callback.query().orElseThrow().replaceAll("&iss=[^&]*", "") + iss;
            var reply = browser.reply(PlainRequest.get("/oidc/callback?" + query));
            assertEquals(400, reply.status());
            assertTrue(reply.body().contains(iss.isEmpty() ? "issuer_missing" : "issuer_mismatch"));
            assertEquals(400, browser.reply(callback).status(), "the login is spent");
        }
        assertTrue(application.provider.requests("/token").isEmpty());
    }

    @Test
    void everyParameterIsTakenAtMostOnce() throws Exception {
        var callback = browser.toCallback(PlainRequest.get("/page"));
        var reply = browser.reply(
                PlainRequest.get("/oidc/callback?" + callback.query().orElseThrow() + "&code=another"));
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains("response_duplicate_parameter"));
        assertTrue(application.provider.requests("/token").isEmpty());
    }

    @Test
    void aStolenCodeDoesNotLogItsOwnerIn() throws Exception {
        application.loginAs("alice");
        var victims = application.browser().toCallback(PlainRequest.get("/page"));
        application.loginAs("bob");
        var own = browser.toCallback(PlainRequest.get("/page"));
        var injected = own.query()
                .orElseThrow()
                .replaceAll(
                        "code=[^&]*", "code=" + parameter("?" + victims.query().orElseThrow(), "code"));
        var reply = browser.reply(PlainRequest.get("/oidc/callback?" + injected));
        assertEquals(400, reply.status());
        assertEquals(0, browser.session.begun.get());
    }

    @Test
    void loginOnPurposeReturnsWhereItIsToldWithinTheApplication() throws Exception {
        var back = browser.reply(browser.toCallback(PlainRequest.get("/oidc/login?return_to=%2Fapp%2Fx%3Fy%3D1")));
        assertEquals("http://127.0.0.1:8080/app/x?y=1", location(back));
        for (var evil : List.of("//evil.example", "https://evil.example/", "/app/oidc/login", "/app/oi%64c/logout")) {
            var home =
                    browser.reply(browser.toCallback(PlainRequest.get("/oidc/login?return_to=" + Login.encoded(evil))));
            assertEquals("http://127.0.0.1:8080/app/", location(home), evil);
        }
    }

    @Test
    @Tag("RD-14")
    void aLongQueryIsKeptAndATooLongOneGivesWay() throws Exception {
        var longer = "/page?q=" + "x".repeat(800);
        assertEquals("http://127.0.0.1:8080/app" + longer, location(browser.logIn(longer)));
        var tooLong = application.browser().logIn("/page?q=" + "x".repeat(4000));
        assertEquals("http://127.0.0.1:8080/app/page", location(tooLong));
        var huge = application.browser().logIn("/page?q=" + "x".repeat(60_000));
        assertEquals("http://127.0.0.1:8080/app/", location(huge));
    }

    @Test
    @Tag("AQ-07")
    void aThirdPartyMayInitiateALoginAtOurProviderOnly() throws Exception {
        var issuer = Login.encoded(application.provider.issuer());
        var target = Login.encoded("http://127.0.0.1:8080/app/deep");
        var good = browser.reply(browser.toCallback(
                PlainRequest.get("/oidc/login?iss=" + issuer + "&target_link_uri=" + target + "&login_hint=alice")));
        assertEquals("http://127.0.0.1:8080/app/deep", location(good));
        var evil = browser.reply(PlainRequest.get("/oidc/login?iss=https%3A%2F%2Fevil.example"));
        assertEquals(400, evil.status());
        assertTrue(evil.body().contains("initiating_issuer_unknown"));
        assertTrue(evil.cookies().isEmpty());
    }

    @Test
    void aPostedFormComesBackToThePageItWasSentFrom() throws Exception {
        var post = PlainRequest.post("/orders", "a=b").header("Referer", "http://127.0.0.1:8080/app/form?x=1");
        var redirect = browser.reply(post);
        assertEquals(303, redirect.status());
        var back = browser.reply(PlainBrowser.fromProvider(location(redirect)));
        assertEquals("http://127.0.0.1:8080/app/form?x=1", location(back));
    }

    @Test
    @Tag("SE-04")
    void plainHttpFromAnotherMachineIsRefused() throws Exception {
        var page = PlainRequest.get("/page").origin("http://shop.example");
        assertEquals(403, browser.reply(page).status());
        assertTrue(browser.reply(page).body().contains("insecure_transport"));
        browser.logIn("/page");
        var open = browser.proceed(PlainRequest.get("/public/page").origin("http://shop.example"));
        assertTrue(open.caller().isEmpty(), "no session is read from an exposed request");
    }

    @Test
    @Tag("SE-04")
    @Tag("AQ-04")
    void cookiesAreHostOnlyAndSecureOverHttps() throws Exception {
        var reply = browser.reply(PlainRequest.get("/page").origin("https://shop.example"));
        var cookie = reply.cookies().get(0);
        assertTrue(cookie.name().startsWith("__Host-"));
        assertTrue(cookie.header().matches(".*; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure"));
        assertTrue(cookie.header().length() < 1024);
    }

    @Test
    void aDispatchThatCannotReplyNeverDoes() throws Exception {
        var passive = PlainRequest.get("/page").demand(org.oidcfilter.OidcRequest.Demand.PASSIVE);
        assertTrue(browser.proceed(passive).caller().isEmpty());
        browser.logIn("/page");
        application.clock.advance(Duration.ofMinutes(5));
        assertEquals(
                "alice",
                ((Proceed) browser.send(passive)).caller().orElseThrow().getName());
        assertEquals(0, browser.session.replaced.get());
    }

    @Test
    void aProviderThatIsDownCosts503AndIsAskedAgainLater() throws Exception {
        application.provider.answer(
                org.oidcfilter.devprovider.Endpoint.DISCOVERY,
                (request, honest) -> org.oidcfilter.devprovider.Reply.text(500, ""));
        var down = browser.reply(PlainRequest.get("/page"));
        assertEquals(503, down.status());
        assertTrue(down.headers().containsKey("Retry-After"));
        assertTrue(down.cookies().isEmpty());
        assertEquals(200, browser.send(PlainRequest.get("/public/x")) instanceof Proceed ? 200 : 0);
        application.provider.honest();
        application.clock.advance(Duration.ofMinutes(2));
        assertEquals(302, browser.logIn("/page").status());
    }

    private static String parameter(String address, String name) {
        var matcher =
                java.util.regex.Pattern.compile("[?&]" + name + "=([^&]*)").matcher(address);
        assertTrue(matcher.find(), name);
        return matcher.group(1);
    }
}
