// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.OidcEvent.LoggedIn;
import org.oidcfilter.OidcEvent.LoggedOut;
import org.oidcfilter.OidcEvent.LogoutCause;
import org.oidcfilter.OidcEvent.Refreshed;
import org.oidcfilter.OidcEvent.Rejectable;
import org.oidcfilter.OidcEvent.Rejected;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.devprovider.User;

/** What the application is told, wherever sessions are kept. */
class EventsFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final Duration DUE = Duration.ofMinutes(4).plusSeconds(30);

    /** Where sessions are. */
    enum Kept {
        SERVER,
        COOKIE;

        Application application() {
            return application(Map.of());
        }

        Application application(Map<String, String> more) {
            var all = new HashMap<String, String>();
            if (this == COOKIE) {
                all.put("oidc.session", "cookie");
                all.put("oidc.cookie-keys", "the cookie key of thirty-two characters or more");
            }
            all.put("oidc.scope", "openid profile offline_access");
            all.putAll(more);
            return Application.with(all);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfALoginWhenItsSessionHasBegun(Kept kept) throws Exception {
        try (var application = kept.application()) {
            var browser = application.browser();
            var callback = browser.toCallback(PAGE);
            assertEquals(List.of(), application.events, "nobody is logged in yet");
            browser.reply(callback);
            browser.proceed(PAGE);
            var event = assertInstanceOf(LoggedIn.class, only(application));
            assertEquals(application.clock.instant(), event.at());
            assertEquals(application.provider.issuer(), event.issuer());
            assertEquals("alice", event.caller().subject());
            assertEquals("alice", event.caller().name());
            assertTrue(event.caller().sid().isPresent());
            assertEquals(Set.of("user", "admin"), event.caller().roles());
            assertTrue(event.authenticatedAt().isPresent());
            assertFalse(event.toString().contains("alice"), event::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfARefreshWithTheRolesFromNowOn(Kept kept) throws Exception {
        try (var application = loggedIn(kept)) {
            application.provider.register(User.named("alice").roles("user"));
            application.clock.advance(DUE);
            application.browser.proceed(PAGE);
            application.browser.proceed(PAGE);
            var event = assertInstanceOf(Refreshed.class, only(application.it));
            assertEquals(application.clock.instant(), event.at());
            assertEquals("alice", event.caller().subject());
            assertEquals(Set.of("user"), event.caller().roles());
        }
    }

    /** Each of them has a copy of the session where it is in cookies. */
    @ParameterizedTest
    @EnumSource
    void tellsOnceOfARefreshThatManyRequestsWaitFor(Kept kept) throws Exception {
        try (var application = loggedIn(kept)) {
            application.clock.advance(Duration.ofMinutes(6));
            var request =
                    PAGE.cookies(new HashMap<>(application.browser.cookies)).session(application.browser.session);
            atOnce(10, () -> application.browser.relyingParty().handle(request));
            assertInstanceOf(Refreshed.class, only(application.it));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOnceOfTheEndOfASessionWhoseTokensAreNotRenewed(Kept kept) throws Exception {
        try (var application = loggedIn(kept)) {
            application.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> Reply.json(400, Map.of("error", "invalid_grant")));
            application.clock.advance(Duration.ofMinutes(6));
            var request =
                    PAGE.cookies(new HashMap<>(application.browser.cookies)).session(application.browser.session);
            atOnce(5, () -> application.browser.relyingParty().handle(request));
            assertLoggedOut(LogoutCause.REFRESH_REFUSED, false, only(application.it));
        }
    }

    @Test
    void aSessionThatLivesOnWithoutRefreshIsNoLogout() throws Exception {
        var settings = Map.of("oidc.session-ends-when-refresh-fails", "false");
        try (var application = new LoggedInApplication(Kept.SERVER.application(settings))) {
            application.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> Reply.json(400, Map.of("error", "invalid_grant")));
            application.clock.advance(DUE);
            assertTrue(application.browser.proceed(PAGE).caller().isPresent());
            assertEquals(List.of(), application.it.events);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfARefreshOnTheNodeThatDidItOnly(Kept kept) throws Exception {
        var settings = Map.of("oidc.shared-state", "jcache");
        try (var application = new LoggedInApplication(kept.application(settings));
                var otherNode = application.it.freshlyStarted()) {
            application.clock.advance(DUE);
            var elsewhere = new PlainBrowser(otherNode);
            elsewhere.cookies.putAll(application.browser.cookies);
            elsewhere.session.stored = application.browser.session.stored;
            assertTrue(application.browser.proceed(PAGE).caller().isPresent());
            assertTrue(elsewhere.proceed(PAGE).caller().isPresent());
            assertInstanceOf(Refreshed.class, only(application.it));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfALogoutByTheApplication(Kept kept) throws Exception {
        for (var how : List.of("here", "leave", "provider")) {
            try (var application = new LoggedInApplication(kept.application(Map.of("oidc.application-logout", how)))) {
                application.browser.logOutByApplication();
                application.browser.logOutByApplication();
                assertLoggedOut(LogoutCause.APPLICATION, false, only(application.it));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfALogoutByTheLinkAndHowFarItReaches(Kept kept) throws Exception {
        for (var scope : List.of("here", "provider", "everywhere")) {
            try (var application = loggedIn(kept)) {
                application.browser.reply(logout(scope));
                application.browser.reply(logout(scope));
                assertLoggedOut(LogoutCause.LINK, scope.equals("everywhere"), only(application.it));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "everywhere"})
    void aLogoutThatCannotBeStoredIsNone(String scope) throws Exception {
        try (var application = loggedIn(Kept.COOKIE)) {
            application.it.sharedState.broken = true;
            assertEquals(503, application.browser.reply(logout(scope)).status());
            assertEquals(List.of(), application.it.events);
        }
    }

    /** A tab that was open all the time, or a copy of the cookie. */
    @Test
    void whoSignsOutOfASessionThatHasEndedIsNotToldOfTwice() throws Exception {
        try (var application = loggedIn(Kept.COOKIE)) {
            var copy = new HashMap<>(application.browser.cookies);
            application.browser.reply(logout("here"));
            application.clock.advance(Duration.ofMinutes(5));
            application.browser.cookies.putAll(copy);
            application.browser.reply(logout("here"));
            application.browser.cookies.putAll(copy);
            application.browser.reply(frame(application));
            assertLoggedOut(LogoutCause.LINK, false, only(application.it));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfALogoutTokenOnceItIsStoredWhoeverHasTheSession(Kept kept) throws Exception {
        try (var application = loggedIn(kept)) {
            application.clock.advance(Duration.ofSeconds(1));
            var all = token(application, Map.of("sub", "alice"));
            assertEquals(200, application.it.browser().reply(all).status());
            application.browser.reply(PAGE);
            var event = assertLoggedOut(LogoutCause.BACK_CHANNEL, true, only(application.it));
            assertEquals(Optional.of("alice"), event.subject());
            assertFalse(event.toString().contains("alice"), event::toString);
            application.it.events.clear();
            assertEquals(
                    200,
                    application
                            .it
                            .browser()
                            .reply(token(application, Map.of("sid", "nobodys")))
                            .status());
            var unknown = assertLoggedOut(LogoutCause.BACK_CHANNEL, false, only(application.it));
            assertEquals(Optional.empty(), unknown.subject());
            assertEquals(Optional.of("nobodys"), unknown.sid());
            assertFalse(unknown.toString().contains("nobodys"), unknown::toString);
        }
    }

    @Test
    void aLogoutTokenThatIsReplayedOrCannotBeStoredIsRejected() throws Exception {
        try (var application = loggedIn(Kept.SERVER)) {
            var token = token(application, Map.of("sub", "alice"));
            application.it.browser().reply(token);
            application.it.events.clear();
            var answer = application.it.browser().reply(token);
            assertRejected(Rejectable.LOGOUT_TOKEN, Reason.LOGOUT_TOKEN_REPLAYED, answer.body(), application.it);
            application.it.events.clear();
            application.it.sharedState.broken = true;
            answer = application.it.browser().reply(token(application, Map.of("sub", "alice")));
            assertRejected(Rejectable.LOGOUT_TOKEN, Reason.SHARED_STATE_UNAVAILABLE, answer.body(), application.it);
        }
    }

    @Test
    void tellsOfAFrameThatEndedTheSessionOfItsBrowser() throws Exception {
        for (var kept : Kept.values()) {
            try (var application = loggedIn(kept)) {
                application.browser.reply(frame(application));
                application.browser.reply(frame(application));
                var event = assertLoggedOut(LogoutCause.FRONT_CHANNEL, false, only(application.it));
                assertEquals(Optional.of("alice"), event.subject());
            }
        }
    }

    @Test
    void tellsOfAFrameThatEndedSessionsOfThisNodeAndOfNoOtherFrame() throws Exception {
        try (var application = loggedIn(Kept.SERVER)) {
            var stranger = application.it.browser();
            stranger.reply(frame(application));
            assertEquals(List.of(), application.it.events);
            application.it.localSessions = mark -> 1;
            stranger.reply(frame(application));
            var event = assertLoggedOut(LogoutCause.FRONT_CHANNEL, false, only(application.it));
            assertEquals(Optional.empty(), event.subject());
            assertEquals(Optional.of(application.sid), event.sid());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfALoginThatIsRefusedByTheReferenceOfThePage(Kept kept) throws Exception {
        try (var application = kept.application()) {
            var browser = application.browser();
            application.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> honest.get().editJson(tokens -> tokens.remove("id_token")));
            var page = browser.logIn("/page").body();
            var event = assertRejected(Rejectable.LOGIN, Reason.ID_TOKEN_MISSING, page, application);
            assertEquals(application.provider.issuer(), event.issuer());
        }
    }

    @Test
    void tellsOfAResponseThatNobodyWaitsFor() throws Exception {
        for (var query : List.of("code=x&state=y", "code=x", "code=x&code=y")) {
            try (var application = Application.standard()) {
                var answer = application.browser().reply(PlainRequest.get("/oidc/callback?" + query));
                var event = assertInstanceOf(Rejected.class, only(application), query);
                assertTrue(answer.body().contains(event.reference()), query);
            }
        }
    }

    @Test
    void aLoginThatALogoutOvertakesIsRejected() throws Exception {
        try (var application = Application.standard()) {
            var browser = application.browser();
            var callback = browser.toCallback(PAGE);
            application.clock.advance(Duration.ofSeconds(1));
            var token = application.provider.issueLogoutToken(Map.of("sub", "alice", "aud", "shop"));
            browser.reply(PlainRequest.post("/oidc/backchannel-logout", "logout_token=" + token));
            application.events.clear();
            var page = browser.reply(callback).body();
            assertRejected(Rejectable.LOGIN, Reason.LOGGED_OUT_MEANWHILE, page, application);
        }
    }

    @Test
    void neitherAPageThatIsForbiddenNorAScriptWithoutLoginIsToldOf() throws Exception {
        try (var application = Application.standard()) {
            application.browser().reply(PAGE.byScript());
            application.loginAs("bob");
            var bob = application.browser();
            bob.logIn("/page");
            application.events.clear();
            assertEquals(403, bob.reply(PlainRequest.get("/admin/x")).status());
            assertEquals(List.of(), application.events);
        }
    }

    private static LoggedInApplication loggedIn(Kept kept) throws Exception {
        return new LoggedInApplication(kept.application());
    }

    /** Somebody is logged in, and that was told of. */
    private static final class LoggedInApplication implements AutoCloseable {
        final Application it;
        final PlainBrowser browser;
        final MovableClock clock;
        final DevelopmentProvider provider;
        final String sid;

        LoggedInApplication(Application application) throws Exception {
            it = application;
            browser = application.browser();
            clock = application.clock;
            provider = application.provider;
            browser.logIn("/page");
            sid = ((LoggedIn) only(application)).caller().sid().orElseThrow();
            application.events.clear();
        }

        @Override
        public void close() {
            it.close();
        }
    }

    private static PlainRequest logout(String scope) {
        return PlainRequest.get("/oidc/logout?scope=" + scope).header("Sec-Fetch-Site", "same-origin");
    }

    private static PlainRequest frame(LoggedInApplication application) {
        return PlainRequest.get(
                        "/oidc/frontchannel-logout?iss=" + application.provider.issuer() + "&sid=" + application.sid)
                .header("Sec-Fetch-Dest", "iframe");
    }

    private static PlainRequest token(LoggedInApplication application, Map<String, Object> target) {
        var claims = new HashMap<String, Object>(target);
        claims.put("aud", "shop");
        return PlainRequest.post(
                "/oidc/backchannel-logout", "logout_token=" + application.provider.issueLogoutToken(claims));
    }

    private static OidcEvent only(Application application) {
        assertEquals(1, application.events.size(), application.events::toString);
        return application.events.get(0);
    }

    private static LoggedOut assertLoggedOut(LogoutCause cause, boolean everywhere, OidcEvent event) {
        var logout = assertInstanceOf(LoggedOut.class, event);
        assertEquals(cause, logout.cause());
        assertEquals(everywhere, logout.everywhere());
        assertEquals(!everywhere, logout.sid().isPresent());
        return logout;
    }

    private static Rejected assertRejected(Rejectable what, Reason reason, String answer, Application application) {
        var event = assertInstanceOf(Rejected.class, only(application));
        assertEquals(what, event.what());
        assertEquals(reason, event.reason());
        assertEquals(application.clock.instant(), event.at());
        assertTrue(answer.contains(event.reference()), answer);
        return event;
    }

    private static <T> void atOnce(int times, Callable<T> task) throws Exception {
        var threads = Executors.newFixedThreadPool(times);
        try {
            var tasks = new ArrayList<Callable<T>>();
            for (var i = 0; i < times; i++) {
                tasks.add(task);
            }
            for (var each : threads.invokeAll(tasks)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
