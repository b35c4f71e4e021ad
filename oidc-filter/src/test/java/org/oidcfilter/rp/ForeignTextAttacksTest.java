// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Outcome;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.devprovider.User;

/** Group HI of docs/attacks.md: what others wrote, on its way into headers, pages and logs. */
class ForeignTextAttacksTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");

    private final LoginAttack attack = LoginAttack.with(Map.of("oidc.caller-name-claim", "name"));
    private final List<Outcome> outcomes = new ArrayList<>();

    @AfterEach
    void stop() {
        attack.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foreign\r\nSet-Cookie: x=1",
                "foreign\nX-Roles: admin",
                "foreign\u0000",
                "foreign \u00FC \uD83D\uDE00",
                "foreign</pre><script>alert(1)</script>",
                "foreign\" onerror=\"alert(1)"
            })
    @Tag("HI-01")
    @Tag("HI-02")
    @Tag("HI-07")
    void noClaimIsInAHeaderACookieOrAPage(String text) throws Exception {
        attack.application.provider.register(
                User.named("alice").name(text).roles(text, "user").claim("nickname", text + "x".repeat(10_000)));
        visitEverything();
        for (var outcome : outcomes) {
            assertFalse(outcome.headers().toString().contains("foreign"), () -> "headers " + outcome.headers());
            outcome.cookies().forEach(cookie -> assertFalse(cookie.value().contains("foreign")));
            if (outcome instanceof Outcome.Reply reply && isPage(reply)) {
                assertFalse(reply.body().contains("foreign"), reply::body);
            }
        }
    }

    @Test
    @Tag("HI-01")
    void aNameWithALineBreakIsNoName() throws Exception {
        attack.application.provider.register(
                User.named("alice").name("foreign\r\nSet-Cookie: x=1").roles("user\r\nX: y", "user"));
        attack.completes(attack.callback());
        var caller = attack.browser.proceed(PAGE).caller().orElseThrow();
        assertEquals("alice", caller.getName());
        assertEquals(1, caller.roles().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\r\n[000000000000] forged", "\u001B[2Jforged", "\u2028forged", "\u0085forged", "\u0000forged"})
    @Tag("HI-05")
    void nobodyWritesLinesOfTheLog(String text) throws Exception {
        attack.application.provider.register(User.named("alice").name(text).roles(text));
        visitEverything();
        var callback = attack.callback();
        attack.browser.reply(LoginAttack.changed(callback, "code", "x%0d%0aforged%1b[2J%e2%80%a8"));
        attack.browser.reply(LoginAttack.changed(attack.callback(), "state", "x%0d%0aforged%1b[2J%e2%80%a8"));
        for (var members : List.of(
                Map.of("error", text),
                Map.of("error", "x", "error_description", text),
                Map.of("access_token", "x", "token_type", text))) {
            attack.application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(400, members));
            attack.browser.reply(attack.callback());
            attack.application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(200, members));
            attack.browser.reply(attack.callback());
        }
        attack.browser.reply(PlainRequest.get("/oidc/login?max_age=x%0d%0aforged%1b[2J%e2%80%a8"));
        var lines = attack.log.lines();
        assertTrue(lines.size() >= 4, lines::toString);
        for (var line : lines) {
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), () -> "log: " + line);
        }
    }

    /** All that a person can see of us. */
    private void visitEverything() throws Exception {
        send(PAGE);
        send(attack.callback());
        for (var path :
                List.of("/page", "/admin/x", "/oidc/user", "/oidc/logout", "/oidc/login?max_age=x", "/none//x")) {
            send(PlainRequest.get(path));
            send(PlainRequest.get(path).byScript());
        }
        assertTrue(attack.browser.session.stored.isPresent());
        send(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin"));
        send(PlainRequest.get("/oidc/logout/callback?state=foreign"));
        send(PlainRequest.get("/oidc/callback?error=foreign&state=foreign"));
    }

    private void send(PlainRequest request) throws Exception {
        outcomes.add(attack.browser.send(request));
    }

    private static boolean isPage(Outcome.Reply reply) {
        return reply.headers().getOrDefault("Content-Type", "").startsWith("text/html");
    }
}
