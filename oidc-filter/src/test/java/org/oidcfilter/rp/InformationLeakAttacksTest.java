// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.LoginAttack.changed;
import static org.oidcfilter.rp.LoginAttack.parameter;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.protocol.Json;

/** Group IL of docs/attacks.md: what pages, headers and addresses tell those whom it is not meant for. */
class InformationLeakAttacksTest {
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
    @Tag("IL-03")
    @Tag("IL-04")
    void theCallbackAnswersWithARedirectThatTellsNobodyWhereFrom() throws Exception {
        var callback = attack.callback();
        var code = parameter(callback, "code");
        var reply = attack.browser.reply(callback);
        assertEquals(302, reply.status());
        assertEquals("http://127.0.0.1:8080/app/page", location(reply));
        assertEquals("no-referrer", reply.headers().get("Referrer-Policy"));
        assertEquals("no-store", reply.headers().get("Cache-Control"));
        assertEquals("", reply.body());
        assertFalse(reply.headers().toString().contains(code));
    }

    @Test
    @Tag("IL-03")
    void pagesLoadNothingAndTellNobodyWhereFrom() throws Exception {
        attack.keepSecret("//");
        var page = attack.refuses(Reason.RESPONSE_CODE_MISSING, changed(attack.callback(), "code", null));
        assertEquals("no-referrer", page.headers().get("Referrer-Policy"));
        assertTrue(page.headers().getOrDefault("Content-Security-Policy", "").startsWith("default-src 'none';"));
        assertFalse(Pattern.compile("<(?:img|link|script|iframe|object|form)\\b|url\\(|src=")
                .matcher(page.body())
                .find());
    }

    @ParameterizedTest
    @Tag("IL-05")
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "\"x\"",
                "1e999999999",
                "{\"access_token\":null,\"token_type\":null,\"id_token\":null}",
                "{\"access_token\":[],\"token_type\":{},\"id_token\":7}",
                "{\"access_token\":\"secret-access\",\"token_type\":\"Bearer\",\"id_token\":\"\"}",
                "{\"access_token\":\"secret-access\",\"token_type\":\"Bearer\",\"id_token\":\"a.b.c\"}",
                "{\"access_token\":\"secret-access\",\"token_type\":\"Bearer\",\"id_token\":\"....\"}",
                "{\"access_token\":\"secret-access\",\"token_type\":\"Bearer\",\"id_token\":\"bnVsbA.bnVsbA.bnVsbA\"}",
                "{\"access_token\":\"secret-access\",\"token_type\":\"Bearer\",\"id_token\":\"e30.e30.\"}",
                "{\"access_token\":\"secret-access\",\"expires_in\":-1e400,\"token_type\":\"Bearer\"}",
                "{\"error\":{}}",
                "{\"a\":\"\\ud800\"}",
                "<html><script>secret-access</script></html>"
            })
    void anAnswerThatMakesNoSenseEndsOnAPageWithAReference(String json) throws Exception {
        attack.keepSecret("secret-access");
        for (var status : List.of(200, 400, 500)) {
            attack.application.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> org.oidcfilter.devprovider.Reply.json(status, json));
            assertFailsQuietly(attack.browser.reply(attack.callback()), Set.of(400, 503));
        }
    }

    @Test
    @Tag("IL-05")
    void aFaultOfOurOwnEndsOnAPageWithAReference() throws Exception {
        attack.keepSecret("secret-access");
        attack.callback();
        for (var fault : List.of(
                new NullPointerException("secret-access"),
                new ClassCastException("secret-access"),
                new IllegalStateException("secret-access", new IOException("secret-access")))) {
            attack.application.beforeCall = () -> {
                throw fault;
            };
            assertFailsQuietly(attack.browser.reply(attack.callback()), Set.of(500));
            var script = attack.browser.reply(attack.callback().byScript());
            assertEquals(Set.of("error", "reference"), Json.parse(script.body()).keySet());
            attack.assertSilent(script);
        }
    }

    private void assertFailsQuietly(Reply page, Set<Integer> statuses) {
        assertTrue(statuses.contains(page.status()), page.status() + page.body());
        assertEquals("", location(page));
        assertTrue(attack.browser.session.stored.isEmpty());
        assertTrue(page.body().matches("(?s).*<small>Code: [a-z_]+<br>Reference: [0-9a-f]{12}</small>.*"), page.body());
        assertFalse(Pattern.compile("Exception|\\bat \\w+\\.|Error:|java")
                .matcher(page.body())
                .find());
        attack.assertSilent(page);
    }

    @Test
    @Tag("IL-07")
    void theUserEndpointIsForOurOwnPagesOnly() throws Exception {
        var foreign = PlainRequest.get("/oidc/user").byScript().header("Origin", "https://evil.example");
        var nobody = attack.browser.reply(foreign);
        attack.completes(attack.callback());
        var somebody = attack.browser.reply(foreign);
        assertEquals(List.of(401, 200), List.of(nobody.status(), somebody.status()));
        for (var reply : List.of(nobody, somebody, attack.browser.reply(foreign.method("OPTIONS")))) {
            assertEquals("no-store", reply.headers().get("Cache-Control"));
            assertFalse(reply.headers().keySet().stream().anyMatch(name -> name.startsWith("Access-Control")));
        }
        var tokens = attack.browser.session.stored.orElseThrow().tokens();
        assertFalse(somebody.body().contains("_token"));
        assertFalse(somebody.body().contains(tokens.idToken().reveal()));
        assertFalse(somebody.body().contains(tokens.accessToken().orElseThrow().reveal()));
    }

    @Test
    @Tag("IL-09")
    void aRefusedTokenIsToldInTheSameWordsWhateverIsWrongWithIt() throws Exception {
        var provider = attack.application.provider;
        var pages = new ArrayList<Reply>();
        pages.add(attack.refusesLogin(
                Reason.TOKEN_NONCE, () -> provider.idTokens((header, claims) -> claims.put("nonce", "x"))));
        pages.add(attack.refusesLogin(
                Reason.TOKEN_AUDIENCE, () -> provider.idTokens((header, claims) -> claims.put("aud", "x"))));
        pages.add(attack.refusesLogin(
                Reason.TOKEN_ISSUER, () -> provider.idTokens((header, claims) -> claims.put("iss", "x"))));
        provider.honest();
        pages.add(attack.refusesLogin(
                Reason.TOKEN_SIGNATURE,
                () -> provider.tokens(token -> token.substring(0, token.lastIndexOf('.') + 1) + "AAAA")));
        pages.add(attack.refuses(Reason.RESPONSE_CODE_MISSING, changed(attack.callback(), "code", null)));
        pages.add(attack.refuses(Reason.ISSUER_MISMATCH, changed(attack.callback(), "iss", "x")));
        assertEquals(
                1,
                pages.stream()
                        .map(InformationLeakAttacksTest::apartFromCode)
                        .distinct()
                        .count());
        assertEquals(Set.of(400), pages.stream().map(Reply::status).collect(Collectors.toSet()));
        var state = attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, changed(attack.callback(), "state", "x"));
        assertEquals(400, state.status());
        assertEquals(heading(pages.get(0)), heading(state), "only the advice to allow cookies is its own");
    }

    private static String heading(Reply page) {
        return page.body().replaceAll("(?s).*<h1>(.*)</h1>.*", "$1");
    }

    private static String apartFromCode(Reply page) {
        return page.headers() + page.body().replaceAll("Code: [a-z_]+<br>Reference: [0-9a-f]{12}", "");
    }

    @Test
    @Tag("IL-10")
    void repliesNameNoProductAndNoVersion() throws Exception {
        var replies = new ArrayList<>(List.of(
                attack.browser.reply(PlainRequest.get("/page")),
                attack.browser.reply(PlainRequest.get("/page").byScript()),
                attack.browser.reply(PlainRequest.get("/oidc/callback")),
                attack.browser.reply(PlainRequest.get("/oidc/jwks")),
                attack.browser.reply(PlainRequest.get("/oidc/user").method("PUT")),
                attack.browser.reply(PlainRequest.get("/oidc/logout"))));
        attack.completes(attack.callback());
        replies.add(attack.browser.reply(PlainRequest.get("/oidc/user").byScript()));
        replies.add(attack.browser.reply(PlainRequest.get("/oidc/logout")));
        for (var reply : replies) {
            var text = (reply.headers() + reply.body())
                    .replaceAll("Location=[^,}]*|https?://[^\"]*|proof=[^\"]*|value=\"[^\"]*\"", "");
            assertFalse(
                    Pattern.compile("(?i)oidc.?filter|jose|java|\\d+\\.\\d+\\.\\d+|snapshot")
                            .matcher(text)
                            .find(),
                    text);
            assertFalse(reply.headers().containsKey("Server") || reply.headers().containsKey("X-Powered-By"));
        }
    }

    @Test
    @Tag("IL-11")
    void addressesHoldNoTokenButTheHintOfALogout() throws Exception {
        var login = attack.redirect(attack.browser);
        attack.completes(attack.callback(login));
        var verifier = attack.application
                .provider
                .requests("/token")
                .get(0)
                .form("code_verifier")
                .orElseThrow();
        var tokens = attack.browser.session.stored.orElseThrow().tokens();
        var logout = location(
                attack.browser.reply(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin")));
        assertEquals(
                Set.of("id_token_hint", "client_id", "post_logout_redirect_uri", "state"),
                LoginAttack.parameters(logout.substring(logout.indexOf('?') + 1)).stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
        assertEquals(tokens.idToken().reveal(), parameter(logout, "id_token_hint"));
        for (var address : List.of(login, logout)) {
            assertFalse(address.contains(tokens.accessToken().orElseThrow().reveal()));
            assertFalse(address.contains(verifier) || address.contains(Application.SECRET));
        }
        assertFalse(login.contains("token"), login);
    }
}
