// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.LoginAttack.parameter;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Reason;

/** Group AQ of docs/attacks.md: what strangers could make of the cookie that remembers a login. */
class LoginCookieAttacksTest {
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
    @Tag("AQ-04")
    void theCookieIsForTheHostAloneWhateverTheResponseMode() throws Exception {
        for (var mode : List.of("query", "form_post")) {
            try (var other = LoginAttack.with(Map.of("oidc.response-mode", mode))) {
                var reply = other.browser.reply(PlainRequest.get("/page").origin("https://shop.example"));
                assertEquals(1, reply.cookies().size());
                var header = reply.cookies().get(0).header();
                assertTrue(header.matches("__Host-[^;]+; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure"), header);
                var value = reply.cookies().get(0).value();
                for (var name : List.of("state", "nonce", "code_challenge")) {
                    assertFalse(value.contains(parameter(location(reply), name)), "readable in the cookie");
                }
            }
        }
    }

    @Test
    @Tag("RD-09")
    @Tag("AQ-05")
    void aCookieWithAnyOtherCharacterIsNoLogin() throws Exception {
        var honest = attack.callback();
        var cookie = attack.browser.cookies.entrySet().iterator().next();
        var name = cookie.getKey();
        var value = cookie.getValue();
        for (var i = 0; i < value.length(); i++) {
            for (var other : List.of(value.charAt(i) == 'A' ? 'B' : 'A', '.', ' ')) {
                var altered = value.substring(0, i) + other + value.substring(i + 1);
                if (!altered.equals(value)) {
                    attack.browser.cookies.put(name, altered);
                    var reply = attack.browser.reply(honest);
                    assertEquals(400, reply.status(), altered);
                    assertTrue(reply.body().contains(Reason.STATE_UNKNOWN.code()));
                }
            }
        }
        for (var altered :
                List.of("no-jwe", value + "A", value.substring(1), "\"" + value + "\"", "{\"s\":1}", "a.b.c.d.e")) {
            attack.browser.cookies.put(name, altered);
            attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, honest);
        }
        assertEquals(0, attack.exchanges());
        attack.browser.cookies.put(name, value);
        attack.completes(honest);
    }

    @Test
    @Tag("RD-09")
    @Tag("AQ-05")
    void theCookieOfOneLoginIsNoneOfAnother() throws Exception {
        var first = attack.callback();
        var names = new ArrayList<>(attack.browser.cookies.keySet());
        var second = attack.callback();
        attack.browser.cookies.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(names::add);
        var values = Map.copyOf(attack.browser.cookies);
        attack.browser.cookies.put(names.get(0), values.getOrDefault(names.get(1), ""));
        attack.browser.cookies.put(names.get(1), values.getOrDefault(names.get(0), ""));
        attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, first);
        attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, second);
        assertEquals(0, attack.exchanges());
        attack.browser.cookies.putAll(values);
        attack.completes(first);
        attack.completes(second);
    }

    @Test
    @Tag("CF-10")
    @Tag("AQ-05")
    void aCookieSealedWithAKeyThatIsGoneIsNoLogin() throws Exception {
        var old = "an-old-key-of-more-than-thirty-two-characters";
        var young = "a-new-key-of-more-than-thirty-two-characters";
        attack.close();
        attack = LoginAttack.with(Map.of("oidc.cookie-keys", old));
        var honest = attack.callback();

        var forgotten = new PlainBrowser(attack.application.deployed(Map.of("oidc.cookie-keys", young)));
        forgotten.cookies.putAll(attack.browser.cookies);
        var refused = forgotten.reply(honest);
        assertEquals(400, refused.status());
        assertTrue(refused.body().contains(Reason.STATE_UNKNOWN.code()));
        attack.assertSilent(refused);
        assertTrue(forgotten.session.stored.isEmpty());
        assertEquals(0, attack.exchanges());

        var remembered = new PlainBrowser(attack.application.deployed(Map.of("oidc.cookie-keys", young + "," + old)));
        remembered.cookies.putAll(attack.browser.cookies);
        assertEquals("http://127.0.0.1:8080/app/page", location(remembered.reply(honest)));
    }
}
