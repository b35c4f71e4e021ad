// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.LoginAttack.changed;
import static org.oidcfilter.rp.LoginAttack.parameter;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;

/** Group AR of docs/attacks.md: a response that belongs to no login of this browser, or to one that is over. */
class AuthorizationResponseAttacksTest {
    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    @Test
    @Tag("AR-01")
    void refusesAResponseWithoutStateBeforeAnyCall() throws Exception {
        var honest = attack.callback();
        attack.refusesAndKeepsLogin(Reason.STATE_MISSING, PlainRequest.get("/oidc/callback?code=good"));
        attack.refusesAndKeepsLogin(Reason.STATE_MISSING, PlainRequest.get("/oidc/callback?code=good&state="));
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }

    @Test
    @Tag("AR-02")
    void refusesAnUnknownStateAndLeavesThePendingLoginAlone() throws Exception {
        var honest = attack.callback();
        attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, PlainRequest.get("/oidc/callback?code=good&state=AAAA"));
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }

    @Test
    @Tag("AR-03")
    void refusesAStateThatIsNotExactlyTheOneSent() throws Exception {
        var honest = attack.callback();
        var state = parameter(honest, "state");
        var last = state.charAt(42);
        for (var altered : List.of(
                state.substring(0, 42) + (last == 'A' ? 'B' : (char) (last - 1)),
                state.substring(0, 42) + (last == 'A' ? 'z' : (char) (last + 1)),
                state.toLowerCase(Locale.ROOT),
                state.toUpperCase(Locale.ROOT),
                state.substring(0, 42),
                state + "A",
                state + "=",
                state + "%00",
                state + "%20",
                state + "+",
                "+" + state)) {
            attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, changed(honest, "state", altered));
        }
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }

    @Test
    @Tag("AR-04")
    void aRepeatedResponseChangesNothingAndLeadsBackWithoutAnError() throws Exception {
        var honest = attack.callback();
        var cookies = Map.copyOf(attack.browser.cookies);
        attack.completes(honest);
        var session = attack.browser.session.stored;
        var reload = attack.browser.reply(honest);
        assertEquals("http://127.0.0.1:8080/app/", location(reload));
        attack.browser.cookies.putAll(cookies);
        var replay = attack.browser.reply(honest);
        assertEquals("http://127.0.0.1:8080/app/page", location(replay));
        assertEquals(List.of(302, 302), List.of(reload.status(), replay.status()));
        assertEquals(session, attack.browser.session.stored);
        assertEquals(1, attack.browser.session.begun.get());
        assertEquals(1, attack.exchanges());
        attack.assertSilent(replay);
    }

    @Test
    @Tag("AR-04")
    void aRepeatedResponseBringsNobodyBackWhoHasSignedOut() throws Exception {
        var honest = attack.callback();
        var cookies = Map.copyOf(attack.browser.cookies);
        attack.completes(honest);
        attack.browser.session.end();
        attack.browser.cookies.putAll(cookies);
        attack.refusesAndKeepsLogin(Reason.STATE_USED, honest);
        assertEquals(1, attack.exchanges());
    }

    @Test
    @Tag("AR-05")
    void twentyResponsesAtOnceRedeemTheCodeOnceAndBeginOneSession() throws Exception {
        var response = attack.callback().cookies(attack.browser.cookies).session(attack.browser.session);
        for (var reply : atOnce(20, () -> (Reply) attack.application.relyingParty.handle(response))) {
            if (reply.status() != 302) {
                assertEquals(400, reply.status());
                assertTrue(reply.body().contains(Reason.STATE_USED.code()), reply.body());
            }
            attack.assertSilent(reply);
        }
        assertEquals(1, attack.exchanges());
        assertEquals(1, attack.browser.session.begun.get());
        assertEquals(0, attack.browser.session.ended.get());
        assertTrue(attack.browser.session.stored.isPresent());
    }

    @Test
    @Tag("AR-06")
    void refusesAResponseToALoginOfAnotherBrowser() throws Exception {
        var attacker = attack.application.loginAs("bob").browser();
        var response = attack.callback(attack.redirect(attacker));
        attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, response);
        attack.application.loginAs("alice");
        attack.completes(attack.callback());
        var session = attack.browser.session.stored;
        var friendly = attack.browser.reply(response);
        assertEquals("http://127.0.0.1:8080/app/", location(friendly));
        assertEquals(session, attack.browser.session.stored, "alice stays alice");
        assertEquals(1, attack.exchanges());
    }

    @Test
    @Tag("AR-07")
    void aLoginThatAnotherBrowserStartedServesNeitherOfTheTwo() throws Exception {
        var attacker = attack.application.browser();
        var lure = attack.redirect(attacker);
        var victims = attack.callback(lure);
        attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, victims);
        assertEquals(302, attacker.reply(PlainRequest.get("/page")).status(), "the attacker is still nobody");
        assertTrue(attacker.session.stored.isEmpty());
        assertEquals(0, attack.exchanges());
    }

    @Test
    @Tag("AR-08")
    void refusesALateResponseAndOffersToStartAgain() throws Exception {
        attack.close();
        attack = LoginAttack.with(Map.of("oidc.login-timeout", "5m"));
        var inTime = attack.redirect(attack.browser);
        attack.application.clock.advance(Duration.ofMinutes(5));
        attack.completes(attack.callback(inTime));
        attack.browser.session.end();

        var late = attack.redirect(attack.browser);
        attack.application.clock.advance(Duration.ofMinutes(5).plusSeconds(1));
        var page = attack.refuses(Reason.LOGIN_EXPIRED, attack.callback(late));
        assertEquals(1, attack.exchanges());
        assertTrue(page.body().contains("<a href=\"/app/oidc/login?return_to=%2Fapp%2Fpage\">Try again</a>"));
        var again = attack.browser.reply(
                attack.browser.toCallback(PlainRequest.get("/oidc/login?return_to=%2Fapp%2Fpage")));
        assertEquals("http://127.0.0.1:8080/app/page", location(again));
    }

    @Test
    @Tag("AR-21")
    void anErrorWithoutStateHasNoEffect() throws Exception {
        attack.completes(attack.callback());
        var pending = attack.callback(location(attack.browser.reply(PlainRequest.get("/oidc/login"))));
        var cookies = Map.copyOf(attack.browser.cookies);
        attack.refusesAndKeepsLogin(Reason.STATE_MISSING, PlainRequest.get("/oidc/callback?error=login_required"));
        assertEquals(cookies, attack.browser.cookies);
        assertEquals(0, attack.browser.session.ended.get());
        assertEquals(1, attack.exchanges());
        attack.completes(pending);
    }

    @Test
    @Tag("AR-28")
    void statesConsistOfCharactersThatNobodyEncodes() throws Exception {
        for (var i = 0; i < 100; i++) {
            var state = parameter(attack.redirect(attack.application.browser()), "state");
            assertTrue(state.matches("[A-Za-z0-9_-]{43}"), "a character that somebody could change on the way");
        }
    }

    @Test
    @Tag("AR-29")
    void aBrowserWithoutCookiesEndsOnAPageThatSaysSo() throws Exception {
        var response = attack.callback();
        attack.browser.cookies.clear();
        var page = attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, response);
        assertTrue(page.body().contains("allow cookies for this site"));
        assertEquals(0, attack.exchanges());
        assertTrue(attack.browser.cookies.isEmpty());
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        var start = new CyclicBarrier(times);
        var pool = Executors.newFixedThreadPool(times);
        try {
            var tasks = new ArrayList<Callable<T>>();
            for (var i = 0; i < times; i++) {
                tasks.add(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return call.call();
                });
            }
            var answers = new ArrayList<T>();
            for (var answer : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
