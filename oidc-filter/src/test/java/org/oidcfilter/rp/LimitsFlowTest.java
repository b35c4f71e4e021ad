// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** The limits of a session, each by itself. */
class LimitsFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final String ENDS_WITH_ID_TOKEN = "oidc.session-ends-with-id-token";
    private static final String ENDS_WITH_ACCESS_TOKEN = "oidc.session-ends-with-access-token";

    @Test
    @Tag("SE-18")
    void theEndOfTheIdTokenEndsNothingByDefault() throws Exception {
        try (var application = Application.standard()) {
            var browser = application.browser();
            browser.logIn("/page");
            application.clock.advance(Duration.ofMinutes(10));
            assertTrue(browser.proceed(PAGE).caller().isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENDS_WITH_ID_TOKEN, ENDS_WITH_ACCESS_TOKEN})
    @Tag("SE-18")
    void theEndOfATokenEndsTheSessionWhereTheOperatorSaysSo(String setting) throws Exception {
        try (var application = Application.with(Map.of(setting, "true"))) {
            var browser = application.browser();
            browser.logIn("/page");
            application.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
            var caller = browser.proceed(PAGE).caller().orElseThrow();
            assertEquals(application.clock.instant().plusSeconds(1), caller.sessionExpiresAt());
            application.clock.advance(Duration.ofSeconds(1));
            assertEquals(302, browser.reply(PAGE).status());
            assertEquals(1, browser.session.ended.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENDS_WITH_ID_TOKEN, ENDS_WITH_ACCESS_TOKEN})
    void aRefreshMovesTheEndOfATokenThatLimitsTheSession(String setting) throws Exception {
        var settings = Map.of(setting, "true", "oidc.scope", "openid offline_access");
        try (var application = Application.with(settings)) {
            var browser = application.browser();
            browser.logIn("/page");
            for (var i = 0; i < 4; i++) {
                application.clock.advance(Duration.ofMinutes(7));
                assertTrue(
                        browser.proceed(PAGE).caller().isPresent(), "also when nobody came in time to renew it ahead");
            }
        }
    }

    @Test
    void anIdTokenThatIsNotRenewedEndsTheSessionAndCausesNoStorm() throws Exception {
        var settings = Map.of(ENDS_WITH_ID_TOKEN, "true", "oidc.scope", "openid offline_access");
        try (var application = Application.with(settings)) {
            var browser = application.browser();
            browser.logIn("/page");
            application.provider.forgetRequests();
            application.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.remove("id_token")));
            for (var second = 0; second < 299; second++) {
                application.clock.advance(Duration.ofSeconds(1));
                assertTrue(browser.proceed(PAGE).caller().isPresent());
            }
            application.clock.advance(Duration.ofSeconds(1));
            assertEquals(302, browser.reply(PAGE).status());
            assertEquals(1, browser.session.ended.get());
            assertEquals(1, application.provider.requests("/token").size());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 59", "4, 14", "9, 6", "10, 5", "16, 5", "40, 2"})
    void tokensThatLiveForSecondsAreUsedToTheirEndAndNotRenewedWithEveryRequest(int seconds, int renewals)
            throws Exception {
        try (var application = Application.with(Map.of("oidc.scope", "openid offline_access"))) {
            application.provider.answer(Endpoint.TOKEN, (request, honest) -> honest.get()
                    .editJson(json -> json.put("expires_in", seconds)));
            var browser = application.browser();
            browser.logIn("/page");
            application.provider.forgetRequests();
            for (var second = 0; second < 60; second++) {
                browser.proceed(PAGE);
                application.clock.advance(Duration.ofSeconds(1));
            }
            assertEquals(renewals, application.provider.requests("/token").size());
        }
    }

    @Test
    void howFarAheadTokensAreRenewedCanBeSet() throws Exception {
        try (var application =
                Application.with(Map.of("oidc.scope", "openid offline_access", "oidc.refresh-ahead", "2m"))) {
            var browser = application.browser();
            browser.logIn("/page");
            application.provider.forgetRequests();
            application.clock.advance(Duration.ofMinutes(3).minusSeconds(1));
            browser.proceed(PAGE);
            assertEquals(0, application.provider.requests("/token").size());
            application.clock.advance(Duration.ofSeconds(1));
            browser.proceed(PAGE);
            assertEquals(1, application.provider.requests("/token").size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENDS_WITH_ID_TOKEN, ENDS_WITH_ACCESS_TOKEN})
    void whileATokenThatLimitsTheSessionCannotBeRenewedNobodyIsLoggedInAndNothingIsLost(String setting)
            throws Exception {
        var settings = Map.of(setting, "true", "oidc.scope", "openid offline_access");
        try (var application = Application.with(settings)) {
            var browser = application.browser();
            browser.logIn("/page");
            application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(500, Map.of()));
            application.clock.advance(Duration.ofMinutes(4).plusSeconds(45));
            assertTrue(browser.proceed(PAGE).caller().isPresent(), "until it really expires");
            application.clock.advance(Duration.ofMinutes(1));
            assertEquals(401, browser.reply(PAGE.byScript()).status());
            assertTrue(browser.proceed(PlainRequest.get("/public/x")).caller().isEmpty());
            assertEquals(0, browser.session.ended.get());
            application.provider.honest();
            application.clock.advance(Duration.ofSeconds(11));
            assertTrue(browser.proceed(PAGE).caller().isPresent());
        }
    }

    @Test
    void theAbsoluteLimitHoldsHoweverOftenTokensAreRenewed() throws Exception {
        try (var application = Application.with(Map.of("oidc.scope", "openid offline_access"))) {
            var browser = application.browser();
            browser.logIn("/page");
            for (var minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
                application.clock.advance(Duration.ofMinutes(10));
                assertTrue(browser.proceed(PAGE).caller().isPresent());
            }
            application.clock.advance(Duration.ofMinutes(10));
            assertEquals(302, browser.reply(PAGE).status());
        }
    }

    @Test
    void anExpiredSessionCanEndOnAPageThatSaysSo() throws Exception {
        try (var application = Application.with(Map.of("oidc.session-expired", "page"))) {
            var browser = application.browser();
            assertEquals(302, browser.reply(PAGE).status(), "nobody was logged in: there is nothing to say");
            browser.logIn("/page");
            application.clock.advance(Duration.ofMinutes(31));
            var page = browser.reply(PlainRequest.get("/page?a=1&b=%2F"));
            assertEquals(401, page.status());
            assertEquals("OpenID-Connect", page.headers().get("WWW-Authenticate"));
            assertTrue(page.body().contains("Your session has ended"));
            assertTrue(
                    page.body().contains("href=\"/app/oidc/login?return_to=%2Fapp%2Fpage%3Fa%3D1%26b%3D%252F\""),
                    page.body());
            assertFalse(page.headers().containsKey("Location"));
            assertEquals(302, browser.reply(PAGE).status(), "once");
        }
    }

    @Test
    void aScriptIsToldAsEver() throws Exception {
        try (var application = Application.with(Map.of("oidc.session-expired", "page"))) {
            var browser = application.browser();
            browser.logIn("/page");
            application.clock.advance(Duration.ofMinutes(31));
            assertEquals(401, browser.reply(PAGE.byScript()).status());
        }
    }
}
