// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Caller;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.devprovider.User;

/** Group ID of docs/attacks.md: a genuine ID token of another login or another person, or one who resembles another. */
class IdTokenIdentityAttacksTest {
    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.with(Map.of("oidc.caller-name-claim", "email"));
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    @Test
    @Tag("ID-33")
    void refusesTheTokenOfAnotherPendingLoginOfTheSameBrowser() throws Exception {
        var first = PlainBrowser.fromProvider(location(attack.browser.reply(PlainRequest.get("/page"))));
        var second = PlainBrowser.fromProvider(location(attack.browser.reply(PlainRequest.get("/other"))));
        var firstToken = caught(first);
        attack.application.provider.tokens(token -> firstToken);
        attack.refuses(Reason.TOKEN_NONCE, second);
    }

    @Test
    @Tag("ID-33")
    void refusesTheTokenOfAnotherPersonsLogin() throws Exception {
        var victim = attack.application.browser();
        var victims = caught(victim.toCallback(PlainRequest.get("/page")), victim);
        attack.application.loginAs("bob");
        attack.refusesLogin(Reason.TOKEN_NONCE, () -> attack.application.provider.tokens(token -> victims));
    }

    @Test
    @Tag("ID-33")
    void refusesAMadeUpNonce() throws Exception {
        attack.refusesLogin(
                Reason.TOKEN_NONCE,
                () -> attack.application.provider.idTokens((header, claims) -> claims.put("nonce", "made-up")));
    }

    /** The token that the provider makes for {@code response}, which is lost on the way. */
    private String caught(PlainRequest response) throws Exception {
        return caught(response, attack.browser);
    }

    private String caught(PlainRequest response, PlainBrowser browser) throws Exception {
        var caught = new CopyOnWriteArrayList<String>();
        attack.application.provider.tokens(token -> {
            caught.add(token);
            return "lost";
        });
        browser.reply(response);
        attack.application.provider.tokens(null);
        assertEquals(1, caught.size());
        return caught.get(0);
    }

    @Test
    @Tag("ID-53")
    void refusesTheTokenOfAnEarlierLogin() throws Exception {
        attack.completes(attack.callback());
        var earlier = attack.browser.session.stored.orElseThrow().tokens().idToken();
        attack.browser.session.end();
        attack.refusesLogin(Reason.TOKEN_NONCE, () -> attack.application.provider.tokens(token -> earlier.reveal()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "аdmin",
                "ａｄｍｉｎ",
                "adm\u0131n",
                "adm\u0130n",
                "ad\u200Dmin",
                "admin\u200B",
                "\uFEFFadmin",
                "ad\u00ADmin",
                "a\u0301dmin",
                "\u00E1dmin",
                "admi\u0274",
                "\u202Enimda",
                "Admin",
                "ADMIN",
                "admin ",
                " admin",
                "admin\u0000",
                "admin,user",
                "user admin",
                "**",
                "*",
                ""
            })
    @Tag("ID-48")
    void aRoleThatResemblesAnotherIsAnotherRole(String role) throws Exception {
        attack.application.provider.register(User.named("alice").roles("user", role));
        var caller = caller("alice");
        assertFalse(caller.roles().contains("admin"));
        assertEquals(403, attack.browser.reply(PlainRequest.get("/admin/x")).status());
    }

    /** Composed and decomposed, a name is two names: nothing is normalised on either side. */
    @Test
    @Tag("ID-48")
    void rolesAreComparedWithoutNormalisation() throws Exception {
        try (var other = LoginAttack.with(Map.of("oidc.path-rules", "/admin/*=g\u00E9rant"))) {
            other.application.provider.register(User.named("alice").roles("ge\u0301rant"));
            other.browser.logIn("/page");
            assertEquals(403, other.browser.reply(PlainRequest.get("/admin/x")).status());
            other.browser.session.end();
            other.application.provider.register(User.named("alice").roles("g\u00E9rant"));
            other.browser.logIn("/page");
            assertTrue(
                    other.browser.proceed(PlainRequest.get("/admin/x")).caller().isPresent());
        }
    }

    @Test
    @Tag("ID-55")
    void twoAccountsWithOneAddressAreTwoPeople() throws Exception {
        attack.application.provider.register(
                User.named("alice").email("a@shop.test").roles("admin"));
        attack.application.provider.register(
                User.named("mallory").email("a@shop.test").roles("user"));
        var alice = caller("alice");
        var mallory = caller("mallory");
        assertEquals("a@shop.test", alice.getName());
        assertEquals(alice.getName(), mallory.getName());
        assertNotEquals(alice, mallory);
        assertNotEquals(alice.subject(), mallory.subject());
        assertEquals(alice.issuer(), mallory.issuer());
        assertEquals(403, attack.browser.reply(PlainRequest.get("/admin/x")).status(), "the roles are mallory's own");
        assertEquals(alice, caller("alice"), "the same person again");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("ID-55")
    void anAddressThatTheProviderHasNotVerifiedIsNobodysName(boolean says) throws Exception {
        var mallory = User.named("mallory").claim("email", "a@shop.test");
        attack.application.provider.register(says ? mallory.claim("email_verified", false) : mallory);
        assertEquals("mallory", caller("mallory").getName());
    }

    @Test
    @Tag("ID-55")
    void anAddressOfTheIdTokenIsNotVerifiedByAnotherOfUserInfo() throws Exception {
        attack.application.provider.register(User.named("mallory").claim("email", "a@shop.test"));
        attack.application.provider.answer(
                Endpoint.USERINFO,
                (request, honest) -> Reply.json(
                        200, Map.of("sub", "mallory", "email", "mallory@shop.test", "email_verified", true)));
        assertEquals("mallory", caller("mallory").getName());
    }

    @Test
    @Tag("ID-55")
    void aNameThatEqualsAnothersSubjectGivesNothingAway() throws Exception {
        attack.application.provider.register(
                User.named("mallory").email("alice").roles("user"));
        var alice = caller("alice");
        var mallory = caller("mallory");
        assertEquals("alice", mallory.getName());
        assertEquals("mallory", mallory.subject());
        assertNotEquals(alice, mallory);
        assertFalse(mallory.roles().contains("admin"));
        assertFalse(List.of(alice).contains(mallory));
    }

    private Caller caller(String user) throws Exception {
        attack.browser.session.end();
        attack.application.loginAs(user);
        attack.browser.logIn("/page");
        return attack.browser.proceed(PlainRequest.get("/page")).caller().orElseThrow();
    }
}
