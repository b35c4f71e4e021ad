// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.LoginAttack.changed;
import static org.oidcfilter.rp.LoginAttack.parameter;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** Group AR of docs/attacks.md: a response that is not the one message that was asked for. */
class ResponseParametersAttacksTest {
    private static final String CALLBACK = "/oidc/callback";

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
    @Tag("AR-17")
    void takesNoParameterTwiceAndNeitherTheFirstNorTheLast() throws Exception {
        var honest = attack.callback();
        var query = honest.query().orElseThrow();
        for (var twice : List.of(
                query + "&code=another",
                "code=another&" + query,
                query + "&c%6fde=another",
                query + "&code=",
                query + "&state=another",
                "state=another&" + query,
                query + "&state=" + parameter(honest, "state"),
                query + "&error=access_denied&error=access_denied",
                query + "&x=1&x=2")) {
            attack.refusesAndKeepsLogin(Reason.RESPONSE_DUPLICATE_PARAMETER, PlainRequest.get(CALLBACK + "?" + twice));
        }
        attack.refusesAndKeepsLogin(Reason.RESPONSE_MALFORMED, PlainRequest.post(CALLBACK + "?code=another", query));
        attack.refusesAndKeepsLogin(Reason.RESPONSE_MALFORMED, PlainRequest.post(CALLBACK + "?" + query, query));
        attack.refusesAndKeepsLogin(Reason.RESPONSE_MALFORMED, PlainRequest.post(CALLBACK + "?", query));
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }

    @Test
    @Tag("AR-18")
    void refusesAFormWhereAQueryWasAskedFor() throws Exception {
        var query = attack.callback().query().orElseThrow();
        attack.refuses(Reason.RESPONSE_MODE, PlainRequest.post(CALLBACK, query));
        assertEquals(0, attack.exchanges());
    }

    @Test
    @Tag("AR-18")
    void refusesAQueryWhereAFormWasAskedFor() throws Exception {
        attack.close();
        attack = LoginAttack.with(Map.of("oidc.response-mode", "form_post"));
        var asked = attack.redirect(attack.browser).replace("response_mode=form_post", "response_mode=query");
        var honest = attack.callback(asked);
        attack.refuses(Reason.RESPONSE_MODE, honest);
        attack.refusesAndKeepsLogin(
                Reason.STATE_UNKNOWN, PlainRequest.post(CALLBACK, honest.query().orElseThrow() + "&resubmitted=1"));
        assertEquals(0, attack.exchanges());
    }

    @Test
    @Tag("AR-19")
    void aCodeBesideAnErrorIsAnError() throws Exception {
        attack.refuses(Reason.LOGIN_REFUSED, changed(attack.callback(), "error", "access_denied"));
        var errorFirst = "error=login_required&" + attack.callback().query().orElseThrow();
        attack.refuses(Reason.LOGIN_REFUSED, PlainRequest.get(CALLBACK + "?" + errorFirst));
        assertEquals(0, attack.exchanges());
    }

    @ParameterizedTest
    @Tag("AR-20")
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "access_denied<script>alert(1)</script>",
                "access_denied\r\nSet-Cookie: alert(1)",
                "access_denied\u202ealert(1)",
                "javascript:alert(1)",
                "x'-alert(1)-'"
            })
    void showsNothingThatAnErrorBrings(String text) throws Exception {
        for (var forbidden : List.of("alert(1)", "javascript:", "<img", "Set-Cookie", "script>", "\u202e")) {
            attack.keepSecret(forbidden);
        }
        var hostile = Login.encoded(text);
        var error = attack.browser.reply(changed(
                changed(changed(attack.callback(), "code", null), "error", hostile), "error_description", hostile));
        attack.assertSilent(error);
        assertEquals(400, error.status());
        for (var name : List.of("error_description", "error_uri", "anything_else")) {
            var page = attack.refuses(
                    Reason.LOGIN_REFUSED, changed(changed(attack.callback(), "error", "access_denied"), name, hostile));
            var policy = page.headers().getOrDefault("Content-Security-Policy", "");
            assertTrue(policy.startsWith("default-src 'none';"), policy);
            assertFalse(policy.contains("unsafe-inline") || policy.contains("script-src"), policy);
            assertFalse(page.body().contains("error_uri"));
        }
        assertEquals(0, attack.exchanges());
    }

    @ParameterizedTest
    @Tag("AR-22")
    @ValueSource(strings = {"access_denied", "login_required", "temporarily_unavailable", "server_error"})
    void aProviderThatAlwaysRefusesLeadsToAPageAfterOneRound(String error) throws Exception {
        attack.application.provider.answer(
                Endpoint.AUTHORIZE,
                (request, honest) ->
                        Reply.redirect(request.query("redirect_uri").orElseThrow() + "?error=" + error + "&state="
                                + request.query("state").orElseThrow() + "&iss="
                                + Login.encoded(attack.application.provider.issuer())));
        assertEquals(1, roundsUntilThePage("/page"));
        assertEquals(1, roundsUntilThePage("/oidc/login?return_to=%2Fapp%2Fpage"));
        var silently = error.equals("login_required") ? 2 : 1;
        assertEquals(silently, roundsUntilThePage("/oidc/login?prompt=none&return_to=%2Fapp%2Fpage"));
        assertEquals(0, attack.exchanges());
    }

    /** Follows redirects as a browser does; returns how often that led to the provider. */
    private int roundsUntilThePage(String start) throws Exception {
        var application = PlainRequest.ORIGIN + PlainRequest.CONTEXT;
        attack.application.provider.forgetRequests();
        var reply = attack.browser.reply(PlainRequest.get(start));
        for (var hop = 0; hop < 20 && !location(reply).isEmpty(); hop++) {
            var next = location(reply);
            reply = attack.browser.reply(
                    next.startsWith(application)
                            ? PlainRequest.get(next.substring(application.length()))
                            : attack.callback(next));
        }
        assertEquals("", location(reply), start);
        assertTrue(reply.body().contains(Reason.LOGIN_REFUSED.code()), reply.body());
        attack.assertSilent(reply);
        return attack.application.provider.requests("/authorize").size();
    }

    @Test
    @Tag("AR-24")
    void onlyTheRedirectUriItselfTakesResponses() throws Exception {
        var honest = attack.callback();
        var query = "?" + honest.query().orElseThrow();
        var ordinary = attack.browser.reply(PlainRequest.get("/oidc/unknown" + query));
        for (var path : List.of("/oidc/callback/", "/oidc/callback/x", "/oidc/CALLBACK", "/oidc/callback.do")) {
            var other = attack.application.browser().reply(PlainRequest.get(path + query));
            assertEquals(ordinary.status(), other.status(), "as any other path: " + path);
            assertTrue(location(other).startsWith(attack.application.provider.issuer() + "/authorize?"));
        }
        for (var sent : List.of(
                "/app/oidc/callback;x=y",
                "/app/oidc;x/callback",
                "/app/oidc/callback;jsessionid=1",
                "/app/oidc/c%61llback",
                "/app/oidc/./callback",
                "/app//oidc/callback",
                "/app/oidc/callback%3bx")) {
            attack.refusesAndKeepsLogin(
                    Reason.AMBIGUOUS_PATH, PlainRequest.get(CALLBACK + query).sentAs(sent));
        }
        attack.refusesAndKeepsLogin(
                Reason.AMBIGUOUS_PATH,
                PlainRequest.get("/oidc/callback/" + query).sentAs("/app/oidc/callback%2f"));
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }

    @Test
    @Tag("AR-25")
    void hugeParametersCostNothing() throws Exception {
        var honest = attack.callback();
        var many = IntStream.range(0, 10_000).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
        assertTimeout(Duration.ofSeconds(10), () -> {
            attack.refusesAndKeepsLogin(Reason.RESPONSE_MALFORMED, changed(honest, "state", "x".repeat(65_536)));
            attack.refusesAndKeepsLogin(
                    Reason.TOO_LARGE, PlainRequest.post(CALLBACK, "state=s&code=" + "x".repeat(1024 * 1024)));
            attack.refusesAndKeepsLogin(
                    Reason.RESPONSE_MALFORMED,
                    PlainRequest.get(CALLBACK + "?" + honest.query().orElseThrow() + "&" + many));
            attack.refusesAndKeepsLogin(
                    Reason.RESPONSE_MALFORMED, PlainRequest.post(CALLBACK, many.substring(0, 60_000)));
        });
        assertEquals(0, attack.exchanges());
        attack.refuses(Reason.RESPONSE_MALFORMED, changed(honest, "code", "x".repeat(65_536)));
        assertEquals(0, attack.exchanges());
    }

    @ParameterizedTest
    @Tag("AR-26")
    @ValueSource(strings = {"id_token", "access_token"})
    void refusesTokensThatWereNeverAskedFor(String name) throws Exception {
        var token = attack.application.provider.issueIdToken(Map.of("sub", "bob", "aud", Application.CLIENT));
        attack.keepSecret(token);
        attack.refuses(Reason.RESPONSE_UNREQUESTED_TOKEN, changed(attack.callback(), name, token));
        attack.refuses(
                Reason.RESPONSE_UNREQUESTED_TOKEN, changed(changed(attack.callback(), "code", null), name, token));
        assertEquals(0, attack.exchanges());
    }

    @Test
    @Tag("AR-26")
    void readsNothingFromAFragment() throws Exception {
        var honest = attack.callback();
        var page = attack.refusesAndKeepsLogin(Reason.STATE_MISSING, PlainRequest.get(CALLBACK));
        assertFalse(page.body().contains("<script"), "nothing on the page could read it");
        assertFalse(page.headers().getOrDefault("Content-Security-Policy", "").contains("script-src"));
        attack.completes(honest);
    }

    @Test
    @Tag("AR-27")
    void refusesAResponseInAJwt() throws Exception {
        var honest = attack.callback();
        var response = attack.application.provider.sign(
                Map.of(),
                Map.of(
                        "iss", attack.application.provider.issuer(),
                        "aud", Application.CLIENT,
                        "code", parameter(honest, "code"),
                        "state", parameter(honest, "state")));
        attack.keepSecret(response);
        attack.refusesAndKeepsLogin(
                Reason.RESPONSE_UNREQUESTED_TOKEN, PlainRequest.get(CALLBACK + "?response=" + response));
        attack.refuses(Reason.RESPONSE_UNREQUESTED_TOKEN, changed(honest, "response", response));
        assertEquals(0, attack.exchanges());
    }
}
