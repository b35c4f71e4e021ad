// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.AccessTokenException;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.protocol.Json;

/** Sessions that live in the browser alone ({@code oidc.session=cookie}). */
class CookieSessionFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final PlainRequest PUBLIC = PlainRequest.get("/public/x");
    private static final PlainRequest LOGOUT =
            PlainRequest.get("/oidc/logout?scope=here").header("Sec-Fetch-Site", "same-origin");
    private static final Map<String, String> SETTINGS = Map.of(
            "oidc.session",
            "cookie",
            "oidc.cookie-keys",
            "the cookie key of thirty-two characters or more",
            "oidc.scope",
            "openid profile offline_access");

    private final Application application = Application.with(SETTINGS);
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
        application.provider.forgetRequests();
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void serversKeepNothing() throws Exception {
        assertEquals("alice", browser.proceed(PAGE).caller().orElseThrow().subject());
        assertEquals(0, browser.session.begun.get());
        assertEquals(1, sessionCookies(browser).size(), "the cookie of the login is gone");
        var elsewhere = new PlainBrowser(application.freshlyStarted());
        elsewhere.cookies.putAll(browser.cookies);
        assertTrue(elsewhere.proceed(PAGE).caller().isPresent(), "another node, or this one after a restart");
    }

    @Test
    void theCookieLastsUntilTheBrowserIsClosedAndNoScriptSeesIt() throws Exception {
        var other = application.browser();
        var reply = other.reply(other.toCallback(PAGE));
        var cookie = reply.cookies().stream()
                .filter(set -> set.name().startsWith("oidc-session-"))
                .findFirst()
                .orElseThrow();
        assertEquals(cookie.name() + "=" + cookie.value() + "; Path=/app; HttpOnly; SameSite=Lax", cookie.header());
    }

    @Test
    void useIsWrittenDownOnceAMinute() throws Exception {
        assertEquals(List.of(), browser.proceed(PAGE).cookies());
        for (var i = 0; i < 100; i++) {
            application.clock.advance(Duration.ofMinutes(4));
            var proceed = browser.proceed(PlainRequest.get("/oidc-free"));
            assertTrue(proceed.caller().isPresent());
            assertFalse(proceed.cookies().isEmpty());
        }
        application.clock.advance(Duration.ofMinutes(31));
        var over = browser.reply(PAGE);
        assertEquals(302, over.status());
        assertEquals(List.of(), sessionCookies(browser), "nothing is left of it");
    }

    @Test
    void anAnswerWithACookieIsForOneBrowser() throws Exception {
        application.clock.advance(Duration.ofMinutes(2));
        assertEquals(List.of(), browser.proceed(PUBLIC).cookies(), "a cache may keep the answer");
        var name = sessionCookies(browser).get(0);
        browser.cookies.put(name, "1.rubbish");
        var cleaned = browser.proceed(PUBLIC);
        assertEquals(Optional.empty(), cleaned.caller());
        assertEquals(
                List.of(name), cleaned.cookies().stream().map(set -> set.name()).toList());
        assertEquals("private, no-cache", cleaned.headers().get("Cache-Control"));
    }

    @Test
    void whatTheApplicationKeepsIsTheCallersOrNobodys() throws Exception {
        browser.session.application.heard.clear();
        browser.proceed(PAGE);
        browser.proceed(PUBLIC);
        var stranger = application.browser();
        stranger.proceed(PUBLIC);
        assertEquals(List.of("use nobody"), stranger.session.application.heard);
        var heard = browser.session.application.heard;
        assertEquals(2, heard.size());
        assertTrue(heard.get(0).matches("use [0-9a-f]{32}"), heard::toString);
        assertEquals(heard.get(0), heard.get(1));
    }

    @Test
    void aLookFromAnErrorPageChangesNothing() throws Exception {
        application.clock.advance(Duration.ofMinutes(5));
        var look = browser.proceed(PAGE.demand(Demand.PASSIVE));
        assertTrue(look.caller().isPresent());
        assertEquals(List.of(), look.cookies());
        assertEquals(0, application.provider.requests("/token").size());
    }

    @Test
    @Tag("SE-10")
    void aCopyOfTheCookieIsOfNoUseAfterTheLogout() throws Exception {
        var copy = new HashMap<>(browser.cookies);
        assertEquals(200, browser.reply(LOGOUT).status());
        assertEquals(List.of(), sessionCookies(browser));
        assertEquals("end", browser.session.application.heard.get(browser.session.application.heard.size() - 1));
        var thief = application.browser();
        thief.cookies.putAll(copy);
        assertEquals(401, thief.reply(PAGE.byScript()).status());
        assertEquals(List.of(), sessionCookies(thief));
    }

    @Test
    void aLogoutByTheApplicationWorksTheSameWay() throws Exception {
        var copy = new HashMap<>(browser.cookies);
        application.relyingParty.end(PAGE.cookies(browser.cookies).session(browser.session));
        browser.session.late.forEach(browser::take);
        assertEquals(List.of(), sessionCookies(browser));
        browser.cookies.putAll(copy);
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    void aLogoutTokenEndsTheSessionEverywhere() throws Exception {
        var token = application.provider.issueLogoutToken(Map.of("sub", "alice", "aud", "shop"));
        var answer =
                application.browser().reply(PlainRequest.post("/oidc/backchannel-logout", "logout_token=" + token));
        assertEquals(200, answer.status());
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(List.of(), sessionCookies(browser));
        application.clock.advance(Duration.ofSeconds(1));
        browser.logIn("/page");
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    void whoLogsInAgainStaysInAndDisturbsNoOtherTab() throws Exception {
        var otherTab = PAGE.cookies(new HashMap<>(browser.cookies));
        application.clock.advance(Duration.ofSeconds(5));
        browser.reply(PlainBrowser.fromProvider(PlainBrowser.location(browser.reply(PlainRequest.get("/oidc/login")))));
        var late = application.relyingParty.handle(otherTab);
        assertTrue(late instanceof Proceed proceed && proceed.caller().isPresent());
        assertEquals(List.of(), late.cookies());
    }

    @Test
    void theSessionOfWhoeverWasThereBeforeIsOver() throws Exception {
        var alices = new HashMap<>(browser.cookies);
        application.loginAs("bob");
        browser.reply(PlainBrowser.fromProvider(PlainBrowser.location(browser.reply(PlainRequest.get("/oidc/login")))));
        assertEquals("bob", browser.proceed(PAGE).caller().orElseThrow().subject());
        var begun = browser.session.application.heard.stream()
                .filter(heard -> heard.startsWith("begin"))
                .toList();
        assertEquals(2, begun.size());
        assertNotEquals(begun.get(0), begun.get(1), "what the application keeps is told who it is for");
        browser.cookies.clear();
        browser.cookies.putAll(alices);
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    void parallelRequestsShareOneRefresh() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        var cookies = new HashMap<>(browser.cookies);
        var outcomes = atOnce(20, () -> application.relyingParty.handle(PAGE.cookies(cookies)));
        assertEquals(1, application.provider.requests("/token").size());
        for (var outcome : outcomes) {
            assertTrue(outcome instanceof Proceed proceed && proceed.caller().isPresent());
            assertFalse(outcome.cookies().isEmpty(), "each answer brings the new tokens");
        }
        application.clock.advance(Duration.ofSeconds(50));
        assertTrue(
                application.relyingParty.handle(PAGE.cookies(cookies)) instanceof Proceed late
                        && late.caller().isPresent(),
                "a tab that saw none of the answers");
        assertEquals(1, application.provider.requests("/token").size());
        outcomes.get(7).cookies().forEach(browser::take);
        application.clock.advance(Duration.ofMinutes(6));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertEquals(2, application.provider.requests("/token").size());
    }

    @Test
    @Tag("RF-11")
    void aTokenThatIsRenewedWhileTheApplicationAnswersReachesTheBrowserIfItIsNotTooLate() throws Exception {
        var caller = browser.proceed(PAGE).caller().orElseThrow();
        var before = caller.accessToken();
        application.clock.advance(Duration.ofMinutes(6));
        assertNotEquals(before, caller.accessToken());
        assertFalse(browser.session.late.isEmpty());
        browser.session.late.forEach(browser::take);
        assertEquals(
                caller.accessToken(),
                browser.proceed(PAGE).caller().orElseThrow().accessToken());
        assertEquals(1, application.provider.requests("/token").size());
    }

    @Test
    void useCountsAlsoWhileTheProviderCannotBeReached() throws Exception {
        application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(503, Map.of()));
        for (var i = 0; i < 12; i++) {
            application.clock.advance(Duration.ofMinutes(6));
            assertTrue(browser.proceed(PAGE).caller().isPresent());
        }
    }

    @Test
    void aRefusedRefreshEndsTheSession() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> Reply.json(400, Map.of("error", "invalid_grant")));
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(List.of(), sessionCookies(browser));
    }

    @Test
    void aLogoutThatCannotBeToldToOthersCanBeRepeated() throws Exception {
        var copy = new HashMap<>(browser.cookies);
        application.sharedState.broken = true;
        assertEquals(503, browser.reply(LOGOUT).status());
        assertEquals(1, sessionCookies(browser).size(), "as the page says");
        application.sharedState.broken = false;
        assertEquals(200, browser.reply(LOGOUT).status());
        assertEquals(List.of(), sessionCookies(browser));
        browser.cookies.putAll(copy);
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    @Tag("SE-10")
    void copiesFromBeforeALaterLoginOfTheSamePersonEndWithIt() throws Exception {
        var copy = new HashMap<>(browser.cookies);
        for (var i = 0; i < 2; i++) {
            application.clock.advance(Duration.ofSeconds(5));
            browser.reply(
                    PlainBrowser.fromProvider(PlainBrowser.location(browser.reply(PlainRequest.get("/oidc/login")))));
        }
        assertEquals(200, browser.reply(LOGOUT).status());
        browser.cookies.putAll(copy);
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    void anAnswerThatComesLateDoesNotBringUsedUpTokensBack() throws Exception {
        application.clock.advance(Duration.ofMinutes(4).plusSeconds(45));
        var old = PAGE.cookies(new HashMap<>(browser.cookies));
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        application.beforeCall = () -> {
            arrived.countDown();
            try {
                goOn.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        var threads = Executors.newSingleThreadExecutor();
        try {
            var renewing = threads.submit(() -> application.relyingParty.handle(old));
            assertTrue(arrived.await(30, TimeUnit.SECONDS));
            assertEquals(List.of(), application.relyingParty.handle(old).cookies(), "it did not wait");
            assertEquals(
                    List.of(),
                    application
                            .relyingParty
                            .handle(PUBLIC.cookies(new HashMap<>(browser.cookies)))
                            .cookies());
            goOn.countDown();
            renewing.get(30, TimeUnit.SECONDS).cookies().forEach(browser::take);
        } finally {
            threads.shutdownNow();
        }
        application.beforeCall = () -> {};
        application.clock.advance(Duration.ofMinutes(5));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertEquals(2, application.provider.requests("/token").size());
    }

    @Test
    void tokensThatCameForASessionThatALogoutHadEndedAreRevoked() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        var cookies = new HashMap<>(browser.cookies);
        application.beforeCall = () -> {
            application.beforeCall = () -> {};
            application.relyingParty.end(PAGE.cookies(cookies));
        };
        assertEquals(302, browser.reply(PAGE).status());
        assertFalse(application.provider.requests("/revoke").isEmpty());
    }

    @Test
    @Tag("SE-09")
    void pendingLoginsLeaveRoomForTheSession() throws Exception {
        var settings = new HashMap<>(SETTINGS);
        settings.put("oidc.session-tokens", "access_token, refresh_token");
        try (var other = Application.with(settings)) {
            var full = other.browser();
            other.provider.answer(Endpoint.TOKEN, (request, honest) -> honest.get()
                    .editJson(json -> json.put("refresh_token", random(4000))));
            full.logIn("/page");
            assertTrue(size(full) > 4500 && size(full) <= 6000, () -> "" + size(full));
            for (var i = 0; i < 6; i++) {
                full.reply(PlainRequest.get("/oidc/login?target_link_uri=/app/" + "x".repeat(1000) + i));
            }
            var all = full.cookies.entrySet().stream()
                    .mapToInt(cookie ->
                            cookie.getKey().length() + cookie.getValue().length() + 3)
                    .sum();
            assertTrue(all <= 7000, () -> "" + all);
            assertTrue(full.cookies.size() > 2, "a login is pending, too");
        }
    }

    @Test
    void tokensThatAreNotKeptAreNotInTheCookie() throws Exception {
        var settings = new HashMap<>(SETTINGS);
        settings.put("oidc.session-tokens", "none");
        try (var other = Application.with(settings)) {
            var small = other.browser();
            small.logIn("/page");
            assertTrue(size(small) < size(browser) * 2 / 3, size(small) + " of " + size(browser));
            var caller = small.proceed(PAGE).caller().orElseThrow();
            assertEquals("alice", caller.subject());
            assertTrue(caller.roles().contains("admin"));
            assertThrows(AccessTokenException.class, caller::accessToken);
            other.clock.advance(Duration.ofMinutes(10));
            assertTrue(small.proceed(PAGE).caller().isPresent());
            assertEquals(1, other.provider.requests("/token").size(), "nothing to renew by");
            var logout = PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin");
            var location = PlainBrowser.location(small.reply(logout));
            assertFalse(location.contains("id_token_hint"), "a token without signature proves nothing");
            assertTrue(location.contains("client_id=shop"));
        }
    }

    @Test
    @Tag("SE-09")
    void aSessionThatIsTooLargeIsRefusedClearly() throws Exception {
        var settings = new HashMap<>(SETTINGS);
        settings.put("oidc.session-cookie-size", "1000");
        try (var other = Application.with(settings)) {
            var failure = other.browser().logIn("/page");
            assertEquals(503, failure.status());
            assertTrue(failure.body().contains("session_too_large"));
        }
    }

    @Test
    void aSessionWhoseTokensHaveGrownEndsClearly() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> {
                    json.put("access_token", random(9000));
                    json.remove("id_token");
                }));
        var failure = browser.reply(PAGE);
        assertEquals(503, failure.status());
        assertTrue(failure.body().contains("session_too_large"));
        assertEquals(List.of(), sessionCookies(browser));
    }

    @Test
    @Tag("LO-32")
    void aLargeSessionTakesSeveralCookiesAndLeavesNoneBehindWhenItShrinks() throws Exception {
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> {
                    json.put("access_token", random(4000));
                    json.remove("id_token");
                }));
        application.clock.advance(Duration.ofMinutes(6));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertEquals(2, sessionCookies(browser).size());
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        application.provider.honest();
        application.clock.advance(Duration.ofMinutes(6));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertEquals(1, sessionCookies(browser).size());
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    void theStartSaysWhatHolds() {
        var text = application.relyingParty.introduction().text("oidc");
        assertTrue(text.contains("sessions are in cookies of up to 6000 bytes"), text);
        assertTrue(text.contains("a restart forgets them, so that sessions live on that were ended before it"), text);
        assertEquals(Optional.empty(), application.relyingParty.introduction().idleTimeout());
    }

    @Test
    void whoAmIWorksAsEver() throws Exception {
        var user = Json.parse(
                browser.reply(PlainRequest.get("/oidc/user").byScript()).body());
        assertEquals("alice", user.get("name"));
    }

    private static List<String> sessionCookies(PlainBrowser browser) {
        return browser.cookies.keySet().stream()
                .filter(name -> name.startsWith("oidc-session-"))
                .toList();
    }

    private static int size(PlainBrowser browser) {
        return sessionCookies(browser).stream()
                .mapToInt(name -> browser.cookies.getOrDefault(name, "").length())
                .sum();
    }

    /** A token that cannot be compressed. */
    private static String random(int length) {
        var random = new Random(length);
        var text = new StringBuilder();
        Stream.generate(() ->
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(random.nextInt(64)))
                .limit(length)
                .forEach(text::append);
        return text.toString();
    }

    private static List<Outcome> atOnce(int number, Callable<Outcome> call) throws Exception {
        var threads = Executors.newFixedThreadPool(number);
        try {
            var start = new CyclicBarrier(number);
            var calls = Stream.generate(() -> (Callable<Outcome>) () -> {
                        start.await(30, TimeUnit.SECONDS);
                        return call.call();
                    })
                    .limit(number)
                    .toList();
            var outcomes = new ArrayList<Outcome>();
            for (var future : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
