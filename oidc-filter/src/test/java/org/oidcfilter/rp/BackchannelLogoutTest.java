// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.Json;

/** OpenID Connect Back-Channel Logout 1.0, from the token to the session that ends by it. */
class BackchannelLogoutTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final Application application = Application.standard();
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
        application.clock.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    @Tag("LO-09")
    void endsTheSessionThatItNames() throws Exception {
        var other = application.browser();
        other.logIn("/page");
        application.clock.advance(Duration.ofSeconds(1));
        assertAccepted(send(token(Optional.empty(), Optional.of(sid(browser)))));
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(1, browser.session.ended.get());
        assertTrue(other.proceed(PAGE).caller().isPresent(), "of the same user, but another session");
    }

    @Test
    @Tag("LO-09")
    void endsAllSessionsOfTheSubjectWhereItNamesNoSession() throws Exception {
        var other = application.browser();
        other.logIn("/page");
        var bob = application.loginAs("bob").browser();
        bob.logIn("/page");
        application.clock.advance(Duration.ofSeconds(1));
        assertAccepted(send(token(Optional.of("alice"), Optional.empty())));
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(302, other.reply(PAGE).status());
        assertTrue(bob.proceed(PAGE).caller().isPresent());
    }

    @Test
    @Tag("LO-23")
    void endsNothingWhereSubjectAndSessionDisagree() throws Exception {
        assertAccepted(send(token(Optional.of("bob"), Optional.of(sid(browser)))));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertAccepted(send(token(Optional.of("alice"), Optional.of(sid(browser)))));
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    @Tag("LO-24")
    @Tag("LO-25")
    void isAcceptedForASessionThatDoesNotExist() throws Exception {
        assertAccepted(send(token(Optional.of("nobody"), Optional.of("no-such-session"))));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    void tellsTheNodeToEndWhatItHolds() throws Exception {
        assertAccepted(send(token(Optional.of("alice"), Optional.of(sid(browser)))));
        var mark = application.endedHere.get(0);
        assertTrue(mark.ends(browser.session.stored.orElseThrow()));
    }

    @Test
    void whoLogsInAgainStaysIn() throws Exception {
        assertAccepted(send(token(Optional.of("alice"), Optional.empty())));
        application.clock.advance(Duration.ofMillis(1));
        browser.logIn("/page");
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    @Tag("LO-17")
    void aReplayDoesNotEndTheSessionOfWhoLoggedInAgain() throws Exception {
        var token = token(Optional.of("alice"), Optional.empty());
        assertAccepted(send(token));
        application.clock.advance(Duration.ofMillis(1));
        browser.logIn("/page");
        application.clock.advance(Duration.ofSeconds(1));
        assertRefused(send(token));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    @Tag("LO-26")
    void endsTheSessionOfALoginThatIsStillUnderWay() throws Exception {
        var late = application.browser();
        var callback = late.toCallback(PAGE);
        application.clock.advance(Duration.ofSeconds(1));
        assertAccepted(send(token(Optional.of("alice"), Optional.empty())));
        var reply = late.reply(callback);
        assertEquals(401, reply.status());
        assertTrue(reply.body().contains("logged_out_meanwhile"));
        assertEquals(0, late.session.begun.get());
    }

    @Test
    void aMarkLastsAsLongAsTheSessionCould() throws Exception {
        var bob = application.loginAs("bob").browser();
        bob.logIn("/page");
        assertAccepted(send(token(Optional.of("alice"), Optional.empty())));
        application.clock.advance(Duration.ofHours(8).minusSeconds(2));
        for (var user : List.of(browser, bob)) {
            var stored = user.session.stored.orElseThrow();
            user.session.stored = Optional.of(stored.usedAt(application.clock.instant()));
        }
        assertTrue(bob.proceed(PAGE).caller().isPresent(), "within the absolute limit");
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    @Tag("LO-25")
    void isRefusedWhileItCannotBeStoredAndAcceptedAfterwards() throws Exception {
        var token = token(Optional.of("alice"), Optional.empty());
        application.sharedState.readOnly = true;
        assertRefused(send(token));
        application.sharedState.readOnly = false;
        assertAccepted(send(token));
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    @Tag("LO-25")
    void endsWhatItCanWhileItCannotBeStored() throws Exception {
        application.sharedState.broken = true;
        assertRefused(send(token(Optional.of("alice"), Optional.empty())));
        assertEquals(1, application.endedHere.size(), "in memory");
        application.sharedState.broken = false;
        assertEquals(302, browser.reply(PAGE).status(), "though the provider does not send it again");
    }

    @Test
    @Tag("LO-25")
    void otherNodesLearnOfItWhenTheEngineAnswersAgain() throws Exception {
        var node = application.freshlyStarted();
        var there = new PlainBrowser(node);
        there.session.stored = browser.session.stored;
        var bob = application.loginAs("bob").browser();
        bob.logIn("/page");
        application.sharedState.readOnly = true;
        assertRefused(send(token(Optional.of("alice"), Optional.empty())));
        assertTrue(bob.proceed(PAGE).caller().isPresent());
        assertTrue(there.proceed(PAGE).caller().isPresent());
        application.sharedState.readOnly = false;
        application.clock.advance(Duration.ofSeconds(5));
        assertTrue(bob.proceed(PAGE).caller().isPresent());
        assertEquals(302, there.reply(PAGE).status());
        node.close();
    }

    @Test
    void aReplayEndsNothingInMemoryEither() throws Exception {
        var token = token(Optional.of("alice"), Optional.empty());
        assertAccepted(send(token));
        assertRefused(send(token));
        assertEquals(1, application.endedHere.size());
    }

    @Test
    @Tag("LO-29")
    void needsNoCookieAndNoBrowser() throws Exception {
        var token = token(Optional.of("alice"), Optional.empty());
        var request = request(new Form(Map.of("logout_token", token)).encode())
                .origin("http://shop.internal")
                .withoutHeader("Sec-Fetch-Mode")
                .withoutHeader("Accept");
        assertAccepted(application.browser().reply(request));
    }

    @Test
    void theRelyingPartysOwnLogoutIsNoError() throws Exception {
        var link = PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin");
        var sid = sid(browser);
        browser.reply(link);
        assertAccepted(send(token(Optional.of("alice"), Optional.of(sid))));
    }

    private static String sid(PlainBrowser browser) {
        return browser.session.stored.orElseThrow().identity().sid().orElseThrow();
    }

    private String token(Optional<String> subject, Optional<String> sid) {
        var now = application.clock.instant().getEpochSecond();
        var claims = new HashMap<String, Object>();
        claims.put("iss", application.provider.issuer());
        claims.put("aud", Application.CLIENT);
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", "jti-" + System.nanoTime());
        claims.put("events", Map.of(EVENT, Map.of()));
        subject.ifPresent(value -> claims.put("sub", value));
        sid.ifPresent(value -> claims.put("sid", value));
        return application.provider.sign(Map.of("typ", "logout+jwt"), claims);
    }

    private Reply send(String token) throws Exception {
        return application.browser().reply(request(new Form(Map.of("logout_token", token)).encode()));
    }

    private static PlainRequest request(String body) {
        return PlainRequest.post("/oidc/backchannel-logout", body);
    }

    private static void assertAccepted(Reply reply) {
        assertEquals(200, reply.status(), reply.body());
        assertEquals("no-store", reply.headers().get("Cache-Control"));
    }

    private static void assertRefused(Reply reply) {
        assertEquals(400, reply.status());
        assertEquals("no-store", reply.headers().get("Cache-Control"));
        assertEquals("invalid_request", Json.parse(reply.body()).get("error"));
    }
}
