// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.devprovider.User;

/** Tokens that are renewed while a session lasts (OpenID Connect Core 12). The provider rotates its refresh tokens. */
class RefreshFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final PlainRequest ADMIN = PlainRequest.get("/admin/x");

    /** The development provider's access tokens last five minutes; half a minute before that they are renewed. */
    private static final Duration DUE = Duration.ofMinutes(4).plusSeconds(30);

    private final Application application = Application.with(Map.of("oidc.scope", "openid profile offline_access"));
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
        application.provider.forgetRequests();
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void renewsTokensAheadOfTheirEndAndNotBefore() throws Exception {
        var before = tokens();
        application.clock.advance(DUE.minusSeconds(1));
        browser.proceed(PAGE);
        assertEquals(0, refreshes());
        application.clock.advance(Duration.ofSeconds(1));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertEquals(1, refreshes());
        assertNotEquals(before.accessToken(), tokens().accessToken());
        assertNotEquals(before.refreshToken(), tokens().refreshToken());
        assertNotEquals(before.idToken(), tokens().idToken());
        browser.proceed(PAGE);
        assertEquals(1, refreshes(), "fresh for a while");
    }

    @Test
    void aSessionLivesThroughManyExpiries() throws Exception {
        for (var i = 0; i < 20; i++) {
            application.clock.advance(Duration.ofMinutes(6));
            assertTrue(browser.proceed(PAGE).caller().isPresent());
        }
        assertEquals(20, refreshes());
    }

    @Test
    @Tag("RF-01")
    void fiftyRequestsAtOnceCauseOneRefreshAndAllSucceed() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        var outcomes = atOnce(50, () -> browser.relyingParty().handle(PAGE.session(browser.session)));
        for (var outcome : outcomes) {
            assertTrue(outcome instanceof Proceed proceed && proceed.caller().isPresent());
        }
        assertEquals(1, refreshes());
        application.clock.advance(DUE);
        assertTrue(browser.proceed(PAGE).caller().isPresent(), "the rotated refresh token was kept");
        assertEquals(2, refreshes());
    }

    @Test
    void whoHasAGoodAccessTokenDoesNotWait() throws Exception {
        application.clock.advance(DUE);
        try (var pause = new Pause(application, Endpoint.TOKEN)) {
            var first = pause.request(() -> browser.relyingParty().handle(PAGE.session(browser.session)));
            pause.awaitArrival();
            assertTrue(browser.proceed(PAGE).caller().isPresent(), "while the provider is still thinking");
            pause.end();
            assertTrue(((Proceed) first.get(20, TimeUnit.SECONDS)).caller().isPresent());
        }
        assertEquals(1, refreshes());
    }

    @Test
    @Tag("SE-23")
    void rolesAndNamesAreThoseOfTheNewToken() throws Exception {
        assertTrue(browser.proceed(ADMIN).caller().isPresent());
        application.provider.register(User.named("alice").name("Alice Baker").roles("user"));
        application.clock.advance(DUE);
        assertEquals(403, browser.reply(ADMIN).status());
        assertEquals(
                Set.of("user"), browser.proceed(PAGE).caller().orElseThrow().roles());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("RF-08")
    void anAnswerWithoutIdTokenOrRefreshTokenKeepsTheOldOnes(boolean empty) throws Exception {
        var before = tokens();
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> {
                    for (var name : List.of("id_token", "refresh_token")) {
                        json.remove(name);
                        if (empty) {
                            json.put(name, "");
                        }
                    }
                }));
        application.clock.advance(DUE);
        assertEquals(
                Set.of("user", "admin"),
                browser.proceed(PAGE).caller().orElseThrow().roles());
        assertEquals(before.idToken(), tokens().idToken());
        assertEquals(before.refreshToken(), tokens().refreshToken());
        assertNotEquals(before.accessToken(), tokens().accessToken());
    }

    @Test
    @Tag("SE-18")
    @Tag("RF-06")
    void aRefusalEndsTheSession() throws Exception {
        refuse("invalid_grant");
        application.clock.advance(DUE);
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    @Tag("SE-18")
    void aRefusalEndsNothingWhereTheOperatorSaysSo() throws Exception {
        try (var patient = Application.with(
                Map.of("oidc.session-ends-when-refresh-fails", "false", "oidc.scope", "openid offline_access"))) {
            var user = patient.browser();
            user.logIn("/page");
            patient.provider.forgetRequests();
            patient.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> Reply.json(400, Map.of("error", "invalid_grant")));
            for (var i = 0; i < 5; i++) {
                patient.clock.advance(Duration.ofMinutes(6));
                assertTrue(user.proceed(PAGE).caller().isPresent());
            }
            assertEquals(
                    1, patient.provider.requests("/token").size(), "a refresh token that is refused is not sent again");
        }
    }

    @Test
    @Tag("RF-07")
    void anOutageKeepsTheSessionAndThePauseBetweenTwoTries() throws Exception {
        application.clock.advance(DUE);
        for (var answer : List.of("500", "html", "invalid_client", "hang up")) {
            application.provider.forgetRequests();
            application.provider.answer(Endpoint.TOKEN, (request, honest) -> switch (answer) {
                case "500" -> Reply.json(500, Map.of());
                case "html" -> Reply.text(200, "<html></html>");
                case "invalid_client" -> Reply.json(401, Map.of("error", "invalid_client"));
                default -> Reply.hangUp();
            });
            assertTrue(browser.proceed(PAGE).caller().isPresent(), answer);
            assertTrue(browser.proceed(PAGE).caller().isPresent(), answer);
            assertEquals(1, refreshes(), answer);
            application.clock.advance(Duration.ofSeconds(11));
        }
        application.provider.honest();
        application.provider.forgetRequests();
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertEquals(1, refreshes());
        assertEquals(0, browser.session.ended.get());
    }

    @Test
    @Tag("RF-04")
    void aTokenAboutSomebodyElseEndsTheSession() throws Exception {
        application.provider.idTokens((header, claims) -> claims.put("sub", "bob"));
        application.clock.advance(DUE);
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(1, browser.session.ended.get());
    }

    @Test
    void whatCameWithATokenThatIsNotBelievedIsRevokedAndWhatIsKeptIsNot() throws Exception {
        var settings = Map.of("oidc.session-ends-when-refresh-fails", "false", "oidc.scope", "openid offline_access");
        try (var patient = Application.with(settings)) {
            var user = patient.browser();
            user.logIn("/page");
            var kept = user.session.stored.orElseThrow().tokens().accessToken().orElseThrow();
            patient.provider.idTokens((header, claims) -> claims.put("sub", "bob"));
            patient.clock.advance(DUE);
            assertEquals(kept, user.proceed(PAGE).caller().orElseThrow().accessToken());
            var revoked = patient.provider.requests("/revoke").stream()
                    .map(request -> request.form("token").orElseThrow())
                    .toList();
            assertEquals(2, revoked.size());
            assertFalse(revoked.contains(kept.reveal()));
        }
    }

    @Test
    void aRequestThatIsGivenUpDoesNotTakeTheRotatedTokenWithIt() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        var before = tokens();
        try (var pause = new Pause(application, Endpoint.TOKEN)) {
            var given = pause.request(() -> browser.relyingParty().handle(PAGE.session(browser.session)));
            pause.awaitArrival();
            given.cancel(true);
            pause.end();
            assertTrue(browser.proceed(PAGE).caller().isPresent());
        }
        assertEquals(1, refreshes());
        assertNotEquals(before.refreshToken(), tokens().refreshToken());
    }

    @Test
    @Tag("RF-03")
    void aRequestThatSeesTheSessionAsItWasUsesTheNewTokensAndRedeemsNoneTwice() throws Exception {
        var stale = browser.session.stored;
        application.clock.advance(DUE);
        browser.proceed(PAGE);
        application.clock.advance(Duration.ofMillis(40));
        var other = application.browser();
        other.session.stored = stale;
        assertTrue(other.proceed(PAGE).caller().isPresent());
        assertEquals(1, refreshes());
        assertEquals(tokens(), other.session.stored.orElseThrow().tokens());
    }

    @Test
    @Tag("RF-05")
    void aTokenOfAnotherIssuerForAnotherClientOrWithAnotherSignatureEndsTheSession() throws Exception {
        for (var claim : List.of("iss", "aud")) {
            var user = application.browser();
            user.logIn("/page");
            application.provider.idTokens((header, claims) -> claims.put(claim, "https://evil.example"));
            application.clock.advance(DUE);
            assertEquals(302, user.reply(PAGE).status(), claim);
            assertEquals(1, user.session.ended.get(), claim);
            application.provider.honest();
        }
        var user = application.browser();
        user.logIn("/page");
        application.provider.tokens(token -> token.substring(0, token.length() - 6) + "AAAAAA");
        application.clock.advance(DUE);
        assertEquals(302, user.reply(PAGE).status());
    }

    @Test
    void aRotatedTokenIsNotLostWhenTheNewKeyCannotBeFetched() throws Exception {
        var before = tokens();
        application.provider.rotateKeys();
        application.provider.answer(Endpoint.JWKS, (request, honest) -> Reply.json(500, Map.of()));
        application.clock.advance(DUE);
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertNotEquals(before.refreshToken(), tokens().refreshToken());
        assertEquals(before.idToken(), tokens().idToken(), "what cannot be checked is not believed");
        assertEquals(before.accessToken(), tokens().accessToken());
        application.provider.honest();
        application.clock.advance(Duration.ofMinutes(2));
        assertTrue(browser.proceed(PAGE).caller().isPresent());
        assertNotEquals(before.idToken(), tokens().idToken());
    }

    @Test
    void publicPagesAndPollsRenewNothing() throws Exception {
        application.clock.advance(DUE);
        browser.proceed(PlainRequest.get("/public/x"));
        browser.reply(PlainRequest.get("/oidc/user?slide=false").byScript());
        assertEquals(0, refreshes());
        browser.reply(PlainRequest.get("/oidc/user").byScript());
        assertEquals(1, refreshes());
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        try (var other = Application.with(Map.of("oidc.refresh", "false", "oidc.scope", "openid offline_access"))) {
            var user = other.browser();
            user.logIn("/page");
            other.provider.forgetRequests();
            other.clock.advance(Duration.ofMinutes(10));
            assertTrue(user.proceed(PAGE).caller().isPresent());
            assertEquals(0, other.provider.requests("/token").size());
        }
    }

    private int refreshes() {
        return application.provider.requests("/token").size();
    }

    private OidcSession.Tokens tokens() {
        return browser.session.stored.orElseThrow().tokens();
    }

    private void refuse(String error) {
        application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(400, Map.of("error", error)));
    }

    private static List<Outcome> atOnce(int count, Callable<Outcome> request) throws Exception {
        var threads = Executors.newFixedThreadPool(count);
        try {
            var start = new CountDownLatch(1);
            var waiting = new ArrayList<Future<Outcome>>();
            for (var i = 0; i < count; i++) {
                waiting.add(threads.submit(() -> {
                    start.await();
                    return request.call();
                }));
            }
            start.countDown();
            var outcomes = new ArrayList<Outcome>();
            for (var outcome : waiting) {
                outcomes.add(outcome.get(30, TimeUnit.SECONDS));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
