// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.LoginAttack.parameter;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Form;

/** Group AQ of docs/attacks.md: what strangers could make of the request that sends the browser to the provider. */
class AuthorizationRequestAttacksTest {
    private static final String PAGE = "http://127.0.0.1:8080/app";
    private static final Set<String> OURS = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method");

    /** Parameters that decide what a request is, with values that an attacker would like. */
    private static final Map<String, String> PROTOCOL = Map.ofEntries(
            Map.entry("scope", "admin"),
            Map.entry("redirect_uri", "https://evil.example/"),
            Map.entry("client_id", "evil"),
            Map.entry("response_type", "token"),
            Map.entry("response_mode", "fragment"),
            Map.entry("state", "evil"),
            Map.entry("nonce", "evil"),
            Map.entry("code_challenge", "evil"),
            Map.entry("code_challenge_method", "plain"),
            Map.entry("request", "evil"),
            Map.entry("request_uri", "https://evil.example/"),
            Map.entry("registration", "evil"),
            Map.entry("claims", "evil"),
            Map.entry("resource", "https://evil.example/"),
            Map.entry("id_token_hint", "evil"),
            Map.entry("anything", "evil"));

    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    private String redirect(String page) throws Exception {
        var reply = attack.browser.reply(PlainRequest.get(page));
        assertEquals(302, reply.status(), reply.body());
        return location(reply);
    }

    private static List<Map.Entry<String, String>> asked(String redirect) {
        return LoginAttack.parameters(redirect.substring(redirect.indexOf('?') + 1));
    }

    private static void assertOurOwn(String redirect, Set<String> more) {
        var names = asked(redirect).stream().map(Map.Entry::getKey).toList();
        var expected = new TreeSet<>(OURS);
        expected.addAll(more);
        assertEquals(List.copyOf(expected), names.stream().sorted().toList(), "each once, and no other");
        assertFalse(redirect.contains("evil"), redirect);
        assertEquals("code", parameter(redirect, "response_type"));
        assertEquals(Application.CLIENT, parameter(redirect, "client_id"));
        assertEquals(PAGE + "/oidc/callback", parameter(redirect, "redirect_uri"));
        assertEquals("openid profile email", parameter(redirect, "scope"));
        assertEquals("S256", parameter(redirect, "code_challenge_method"));
    }

    @Test
    @Tag("AQ-01")
    void takesNothingFromTheQueryOfAPage() throws Exception {
        var wishes = "&prompt=none&acr_values=0&max_age=0&login_hint=evil&ui_locales=de&display=popup&hd=evil";
        for (var separator : List.of("?", "?x=1&")) {
            assertOurOwn(redirect("/secure" + separator + query(PROTOCOL) + wishes), Set.of());
        }
        assertOurOwn(
                location(attack.browser.reply(PlainRequest.post("/orders?x=1" + wishes, query(PROTOCOL)))), Set.of());
    }

    @Test
    @Tag("AQ-01")
    void passesOnlyHarmlessWishesOfTheLoginEndpoint() throws Exception {
        assertOurOwn(redirect("/oidc/login?" + query(PROTOCOL)), Set.of());
        var wishes = "&prompt=login&acr_values=0&max_age=1&login_hint=alice&ui_locales=de&display=popup&hd=evil";
        assertOurOwn(
                redirect("/oidc/login?" + query(PROTOCOL) + wishes),
                Set.of("prompt", "acr_values", "max_age", "login_hint", "ui_locales", "display"));
        assertOurOwn(location(attack.browser.reply(PlainRequest.post("/oidc/login", query(PROTOCOL)))), Set.of());
        var hidden = redirect("/oidc/login?login_hint=" + Login.encoded("alice&scope=admin&redirect_uri=https://e"));
        assertEquals(
                1,
                asked(hidden).stream()
                        .filter(pair -> pair.getKey().equals("scope"))
                        .count());
        assertEquals("openid profile email", parameter(hidden, "scope"));
    }

    @Test
    @Tag("AQ-03")
    void everyRequestOfASessionHasValuesOfItsOwn() throws Exception {
        attack.completes(attack.callback());
        var values = new HashSet<String>();
        for (var i = 0; i < 3; i++) {
            var redirect = redirect("/oidc/login?return_to=%2Fapp%2Fpage");
            values.addAll(List.of(
                    parameter(redirect, "state"), parameter(redirect, "nonce"), parameter(redirect, "code_challenge")));
            attack.completes(attack.callback(redirect));
        }
        attack.application.provider.requests("/token").stream()
                .map(request -> request.form("code_verifier").orElseThrow())
                .forEach(values::add);
        assertEquals(3 * 3 + 4, values.size());
    }

    @Test
    @Tag("AQ-07")
    void aThirdPartyCanNameNoOtherProviderAndNoOtherSite() throws Exception {
        var issuer = attack.application.provider.issuer();
        for (var other : List.of("https://evil.example", issuer + "/", issuer.toUpperCase(Locale.ROOT))) {
            var query = "iss=" + Login.encoded(other) + "&target_link_uri=https%3A%2F%2Fevil.example%2F";
            for (var request :
                    List.of(PlainRequest.get("/oidc/login?" + query), PlainRequest.post("/oidc/login", query))) {
                attack.refusesAndKeepsLogin(Reason.INITIATING_ISSUER_UNKNOWN, request);
            }
        }
        assertTrue(attack.browser.cookies.isEmpty());
        assertEquals(0, attack.application.calls.get(), "nobody is asked");
        assertEquals(
                PAGE + "/", end("iss=" + Login.encoded(issuer) + "&target_link_uri=https%3A%2F%2Fevil.example%2F"));
    }

    @ParameterizedTest
    @Tag("AQ-08")
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/%5cevil.example",
                "/%2f%2fevil.example",
                "/\t/evil.example",
                "/%09/evil.example",
                "\r\nLocation: https://evil.example",
                "https:evil.example",
                "http://127.0.0.1:8080@evil.example/",
                "http://127.0.0.1:8080.evil.example/",
                "http://127.0.0.1:8080\\.evil.example/",
                "http://127.0.0.1:80800/app/",
                "HTTP://EVIL.EXAMPLE/",
                "javascript:alert(1)",
                "data:text/html,evil",
                " https://evil.example/",
                "/app/oidc/logout",
                "/app/oidc/callback?code=x",
                "/;x/",
                "/;x/app/oidc/logout",
                "/;x/oidc/logout",
                "/app/;x/oidc/logout",
                "/app;x/oidc/logout",
                "/app/%6fidc/logout;x",
                "/../app/oidc/logout",
                "/%2e%2e/app/oidc/logout",
                "evil.example",
                ""
            })
    void theLoginEndpointLeadsNowhereElse(String address) throws Exception {
        var encoded = Login.encoded(address);
        assertEquals(PAGE + "/", end("return_to=" + encoded));
        assertEquals(PAGE + "/", end("target_link_uri=" + encoded));
    }

    @Test
    @Tag("AQ-10")
    void aChallengeIsForOneBrowserAndNoCache() throws Exception {
        var first = attack.browser.reply(PlainRequest.get("/page"));
        var second = attack.application.browser().reply(PlainRequest.get("/page"));
        var script = attack.browser.reply(PlainRequest.get("/page").byScript());
        var form = attack.browser.reply(PlainRequest.post("/orders", "a=b"));
        for (var reply : List.of(first, second, script, form)) {
            assertEquals("no-store", reply.headers().get("Cache-Control"));
            assertFalse(reply.body().contains("state"));
        }
        assertEquals(
                List.of(302, 302, 401, 303), List.of(first.status(), second.status(), script.status(), form.status()));
        assertNotEquals(parameter(location(first), "state"), parameter(location(second), "state"));
        assertNotEquals(first.cookies(), second.cookies());
    }

    /** Where a login at the login endpoint ends. */
    private String end(String query) throws Exception {
        return location(attack.browser.reply(attack.callback(redirect("/oidc/login?" + query))));
    }

    private static String query(Map<String, String> parameters) {
        return new Form(parameters).encode();
    }
}
