// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

class SessionFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");

    private Application application;
    private PlainBrowser browser;

    @BeforeEach
    void logIn() throws Exception {
        application = Application.standard();
        browser = application.browser();
        browser.logIn("/page");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    @Tag("SE-11")
    void endsWhenItWasNotUsedForTheIdleTimeout() throws Exception {
        application.clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        application.clock.advance(Duration.ofMinutes(30));
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    @Tag("SE-11")
    @Tag("SE-23")
    void endsAtItsAbsoluteLimitHoweverMuchItIsUsed() throws Exception {
        for (var minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
            application.clock.advance(Duration.ofMinutes(20));
            assertTrue(browser.proceed(PAGE).caller().isPresent());
        }
        application.clock.advance(Duration.ofMinutes(20));
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    void useIsWrittenDownAtMostOnceAMinute() throws Exception {
        for (var i = 0; i < 10; i++) {
            browser.proceed(PAGE);
            application.clock.advance(Duration.ofSeconds(10));
        }
        assertEquals(1, browser.session.replaced.get());
    }

    @Test
    void aShortIdleTimeoutSlidesAsWell() throws Exception {
        try (var hasty = Application.with(Map.of("oidc.session-idle-timeout", "1m"))) {
            var user = hasty.browser();
            user.logIn("/page");
            for (var i = 0; i < 10; i++) {
                hasty.clock.advance(Duration.ofSeconds(40));
                assertTrue(user.proceed(PAGE).caller().isPresent());
            }
            hasty.clock.advance(Duration.ofSeconds(61));
            assertEquals(302, user.reply(PAGE).status());
        }
    }

    @Test
    void anErrorPageOfAnExposedRequestKnowsNobody() throws Exception {
        var passive = PAGE.demand(org.oidcfilter.OidcRequest.Demand.PASSIVE);
        assertTrue(browser.proceed(passive).caller().isPresent());
        assertTrue(
                browser.proceed(passive.origin("http://shop.example")).caller().isEmpty());
    }

    @Test
    void asksWhoIsLoggedInAndExtendsTheSession() throws Exception {
        var user = Json.parse(
                browser.reply(PlainRequest.get("/oidc/user").byScript()).body());
        assertEquals("alice", user.get("name"));
        assertEquals(application.provider.issuer(), user.get("issuer"));
        assertEquals(List.of("admin", "user"), user.get("roles"));
        assertEquals(1800L, user.get("session_expires_in"));
        application.clock.advance(Duration.ofMinutes(20));
        browser.reply(PlainRequest.get("/oidc/user").byScript());
        application.clock.advance(Duration.ofMinutes(20));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    @Test
    @Tag("SE-12")
    void aPollDoesNotExtendTheSession() throws Exception {
        for (var i = 0; i < 29; i++) {
            application.clock.advance(Duration.ofMinutes(1));
            var poll = browser.reply(PlainRequest.get("/oidc/user?slide=false").byScript());
            assertEquals(1800L - 60L * (i + 1), Json.parse(poll.body()).get("session_expires_in"));
        }
        application.clock.advance(Duration.ofMinutes(1));
        assertEquals(
                401,
                browser.reply(PlainRequest.get("/oidc/user?slide=false").byScript())
                        .status());
        assertEquals(0, browser.session.replaced.get());
    }

    @Test
    @Tag("IL-07")
    void theUserEndpointShowsNoTokenAndIsNotStored() throws Exception {
        var reply = browser.reply(PlainRequest.get("/oidc/user").byScript());
        assertEquals("no-store", reply.headers().get("Cache-Control"));
        var tokens = browser.session.stored.orElseThrow().tokens();
        assertFalse(reply.body().contains(tokens.idToken().reveal()));
        assertFalse(reply.body().contains(tokens.accessToken().orElseThrow().reveal()));
        assertFalse(reply.headers().keySet().stream().anyMatch(name -> name.startsWith("Access-Control")));
    }

    @Test
    @Tag("SE-17")
    void aSessionOfAnotherProviderIsNoSession() throws Exception {
        var session = browser.session.stored.orElseThrow();
        var identity = session.identity();
        browser.session.stored = Optional.of(new OidcSession(
                new OidcSession.Identity(
                        "https://other.example", identity.subject(), identity.sid(), identity.name(), identity.roles()),
                session.tokens(),
                session.authentication(),
                session.times()));
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(0, browser.session.ended.get(), "what is not ours is not ended by us");
    }

    @Test
    void rolesDecideByPathAndMethodAndAnnotation() throws Exception {
        application.loginAs("bob");
        var bob = application.browser();
        bob.logIn("/page");
        assertEquals(403, bob.reply(PlainRequest.get("/admin/x")).status());
        assertTrue(browser.proceed(PlainRequest.get("/admin/x")).caller().isPresent());
        assertTrue(bob.proceed(PlainRequest.post("/orders/1", "a=b")).caller().isPresent());
        assertEquals(
                403, bob.reply(PlainRequest.get("/orders/1").method("DELETE")).status(), "a method no rule names");
        var admins = new org.oidcfilter.OidcRequest.Declared.RolesAllowed(Set.of("admin"));
        assertEquals(403, bob.reply(PAGE.declared(admins)).status());
        assertTrue(browser.proceed(PAGE.declared(admins)).caller().isPresent());
        assertEquals(
                403,
                browser.reply(PAGE.declared(new org.oidcfilter.OidcRequest.Declared.DenyAll()))
                        .status());
    }

    @Test
    void aMissingRoleEndsOnAPageAndStartsNoLogin() throws Exception {
        application.loginAs("bob");
        var bob = application.browser();
        bob.logIn("/page");
        var reply = bob.reply(PlainRequest.get("/admin/x"));
        assertTrue(reply.body().contains("forbidden"));
        assertFalse(reply.headers().containsKey("Location"));
        assertTrue(reply.cookies().isEmpty());
        var script = bob.reply(PlainRequest.get("/admin/x").byScript());
        assertEquals(403, script.status());
        assertEquals("forbidden", Json.parse(script.body()).get("error"));
    }

    @Test
    void permitAllOpensAServletUnlessARuleSaysOtherwise() throws Exception {
        var open = new org.oidcfilter.OidcRequest.Declared.PermitAll();
        var stranger = application.browser();
        assertTrue(stranger.proceed(PAGE.declared(open)).caller().isEmpty());
        assertEquals(
                302, stranger.reply(PlainRequest.get("/admin/x").declared(open)).status());
    }

    @Test
    void rolesComeFromTheIdTokenAndUserInfoWhereNamed() throws Exception {
        try (var named = Application.with(Map.of("oidc.roles-claim", "groups,realm.roles"))) {
            named.provider.idTokens((header, claims) -> {
                claims.remove("roles");
                claims.remove("groups");
                claims.put("realm", Map.of("roles", List.of("admin", 5)));
            });
            var caller = named.browser();
            caller.logIn("/page");
            assertEquals(
                    Set.of("admin"),
                    caller.session.stored.orElseThrow().identity().roles());
            assertEquals(0, named.provider.requests("/userinfo").size(), "the ID token had what was needed");
        }
    }

    @Test
    void whatIsKeptPrintsNothing() {
        var session = browser.session.stored.orElseThrow();
        assertEquals("OidcSession", session.toString());
        assertFalse(
                session.tokens().toString().contains(session.tokens().idToken().reveal()));
        assertEquals("***", Secret.of("x").toString());
        assertTrue(session.times().loginStartedAt().equals(Instant.parse("2026-01-01T12:00:00Z")));
    }
}
