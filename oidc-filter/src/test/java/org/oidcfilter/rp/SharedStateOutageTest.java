// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.AccessTokenException;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;

/** What happens while a node cannot reach what the nodes share: nobody is served who may have been logged out. */
class SharedStateOutageTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final PlainRequest PUBLIC = PlainRequest.get("/public/x");
    private static final String TOLERANT = "oidc.insecure-ignore-shared-state-outage";

    private final Application application = Application.with(Map.of("oidc.scope", "openid offline_access"));
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
    void aSessionIsNotServedAndNotEndedAndGoesOnAfterwards() throws Exception {
        application.sharedState.broken = true;
        for (var request : new PlainRequest[] {PAGE, PAGE.byScript(), PUBLIC, PlainRequest.get("/oidc/user")}) {
            assertUnavailable(browser.reply(request));
        }
        assertEquals(0, browser.session.ended.get());
        application.sharedState.broken = false;
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    void whoHasNoSessionIsServedWhatIsPublicAndSentToTheProvider() throws Exception {
        application.sharedState.broken = true;
        var stranger = application.browser();
        assertFalse(stranger.proceed(PUBLIC).caller().isPresent());
        assertEquals(302, stranger.reply(PAGE).status());
    }

    @Test
    void whereNoReplyCanBeSentTheCallerIsNobody() throws Exception {
        application.sharedState.broken = true;
        assertFalse(browser.proceed(PAGE.demand(Demand.PASSIVE)).caller().isPresent());
        application.sharedState.broken = false;
        assertTrue(browser.proceed(PAGE.demand(Demand.PASSIVE)).caller().isPresent());
    }

    @Test
    void aLoginIsNotAcceptedAndStaysPending() throws Exception {
        var late = application.browser();
        var callback = late.toCallback(PAGE);
        application.sharedState.broken = true;
        assertUnavailable(late.reply(callback));
        assertEquals(0, late.session.begun.get());
        application.sharedState.broken = false;
        assertEquals(302, late.reply(callback).status(), "the page, loaded again");
        assertTrue(late.proceed(PAGE).caller().isPresent());
    }

    @Test
    void aLoginWhoseLogoutCouldNotBeSeenDoesNotUseUpItsCode() throws Exception {
        var late = application.browser();
        var callback = late.toCallback(PAGE);
        application.provider.forgetRequests();
        application.sharedState.unreadable = true;
        assertUnavailable(late.reply(callback));
        assertEquals(0, application.provider.requests("/token").size());
        application.sharedState.unreadable = false;
        assertEquals(302, late.reply(callback).status(), "the page, loaded again");
        assertTrue(late.proceed(PAGE).caller().isPresent());
    }

    @Test
    void aLoginWhoseCodeWasRedeemedWhenTheOutageBeganIsOverAndItsTokensAreRevoked() throws Exception {
        var late = application.browser();
        var callback = late.toCallback(PAGE);
        var before = late.cookies.size();
        application.provider.forgetRequests();
        application.beforeCall = () -> application.sharedState.broken = true;
        assertUnavailable(late.reply(callback));
        assertEquals(1, application.provider.requests("/token").size());
        assertEquals(2, application.provider.requests("/revoke").size(), "both tokens");
        assertEquals(before - 1, late.cookies.size(), "nothing to load again");
        assertEquals(0, late.session.begun.get());
    }

    @Test
    void whoseLoginCouldNotEndTheSessionOfSomebodyElseIsNotLoggedIn() throws Exception {
        try (var inCookies = Application.with(
                Map.of("oidc.session", "cookie", "oidc.cookie-keys", "a-cookie-key-of-more-than-32-characters-here"))) {
            var user = inCookies.browser();
            user.logIn("/page");
            inCookies.loginAs("bob");
            var callback = user.toCallback(PlainRequest.get("/oidc/login"));
            inCookies.beforeCall = () -> inCookies.sharedState.readOnly = true;
            assertUnavailable(user.reply(callback));
            inCookies.sharedState.readOnly = false;
            assertEquals("alice", user.proceed(PAGE).caller().orElseThrow().subject(), "nothing has changed");
        }
    }

    @Test
    void anAccessTokenIsNotHandedOut() throws Exception {
        var caller = browser.proceed(PAGE).caller().orElseThrow();
        application.sharedState.broken = true;
        var refusal = assertThrows(AccessTokenException.class, caller::accessToken);
        assertEquals(Reason.ACCESS_TOKEN_UNAVAILABLE, refusal.reason());
        application.sharedState.broken = false;
        assertFalse(caller.accessToken().reveal().isEmpty());
    }

    @Test
    void whoSignsOutIsSignedOutHereAndAtTheProvider() throws Exception {
        application.sharedState.broken = true;
        var reply = browser.reply(signOut("provider"));
        assertEquals(302, reply.status());
        assertTrue(PlainBrowser.location(reply).startsWith(application.provider.issuer()));
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    void whoSignsOutEverywhereIsToldThatItDidNotHappen() throws Exception {
        application.sharedState.broken = true;
        assertUnavailable(browser.reply(signOut("everywhere")));
        assertEquals(0, browser.session.ended.get());
        application.sharedState.broken = false;
        assertEquals(302, browser.reply(signOut("everywhere")).status());
    }

    @Test
    void anOperatorCanHaveSessionsServedAllTheSameWithOneWarningPerOutage() throws Exception {
        var tolerant = application.deployed(Map.of(TOLERANT, "true"));
        var user = new PlainBrowser(tolerant);
        user.logIn("/page");
        try (var log = new LogRecorder()) {
            for (var outage = 1; outage <= 2; outage++) {
                application.sharedState.broken = true;
                for (var i = 0; i < 3; i++) {
                    assertTrue(user.proceed(PAGE).caller().isPresent());
                }
                assertUnavailable(new PlainBrowser(tolerant).logIn("/page"));
                application.sharedState.broken = false;
                assertTrue(user.proceed(PAGE).caller().isPresent());
                assertEquals(
                        outage,
                        log.lines().stream()
                                .filter(line -> line.contains("without knowing whether a logout"))
                                .count());
            }
        } finally {
            tolerant.close();
        }
    }

    @Test
    @Tag("CF-06")
    void thatSwitchIsLoud() throws Exception {
        for (var engine : new String[] {"jcache", "memory"}) {
            var party = application.deployed(Map.of(TOLERANT, "true", "oidc.shared-state", engine));
            var text = party.introduction().text("oidc");
            assertEquals(engine.equals("jcache"), text.contains("INSECURE: " + TOLERANT), text);
            party.close();
        }
    }

    @Test
    void tokensAreNotRenewedWithoutTheOthers() throws Exception {
        var node = application.deployed(Map.of("oidc.shared-state", "jcache", "oidc.scope", "openid offline_access"));
        var user = new PlainBrowser(node);
        user.logIn("/page");
        application.provider.forgetRequests();
        application.clock.advance(Duration.ofMinutes(4).plusSeconds(45));
        application.sharedState.readOnly = true;
        assertTrue(user.proceed(PAGE).caller().isPresent());
        assertEquals(0, application.provider.requests("/token").size());
        application.sharedState.readOnly = false;
        application.clock.advance(Duration.ofSeconds(11));
        assertTrue(user.proceed(PAGE).caller().isPresent());
        assertEquals(1, application.provider.requests("/token").size());
        node.close();
    }

    private static PlainRequest signOut(String scope) {
        return PlainRequest.get("/oidc/logout?scope=" + scope).header("Sec-Fetch-Site", "same-origin");
    }

    private static void assertUnavailable(Reply reply) {
        assertEquals(503, reply.status());
        assertEquals(
                Long.toString(BreakableState.RETRY_AFTER.toSeconds()),
                reply.headers().get("Retry-After"));
        assertTrue(reply.body().contains("shared_state_unavailable"), reply.body());
    }
}
