// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.devprovider.Client;

/** The application calls {@code request.logout()}. */
class ApplicationLogoutFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final String BASE = PlainRequest.ORIGIN + PlainRequest.CONTEXT;

    /** What it leads to, for somebody who is logged in; they are not any more. */
    private static Optional<Reply> logout(Application application, PlainBrowser browser) throws Exception {
        browser.logIn("/page");
        var reply = application.relyingParty.end(PAGE.cookies(browser.cookies).session(browser.session));
        browser.session.late.forEach(browser::take);
        reply.ifPresent(answer -> answer.cookies().forEach(browser::take));
        assertTrue(
                browser.proceed(PlainRequest.get("/public/page")).caller().isEmpty(), "nobody is logged in any more");
        return reply;
    }

    private static Map<String, String> settings(String mode, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("oidc.session", mode);
        settings.put("oidc.cookie-keys", "0123456789abcdef0123456789abcdef");
        return settings;
    }

    @Test
    void theApplicationAnswersUnlessTheOperatorSaysOtherwise() throws Exception {
        try (var application = Application.standard()) {
            assertEquals(Optional.empty(), logout(application, application.browser()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "cookie"})
    void theBrowserLeavesForTheEndOfLogoutsOrForANewLogin(String mode) throws Exception {
        try (var application = Application.with(settings(mode, Map.of("oidc.application-logout", "leave")))) {
            var reply = logout(application, application.browser()).orElseThrow();
            assertEquals(BASE + "/oidc/login", location(reply));
        }
        var settings = Map.of("oidc.application-logout", "leave", "oidc.post-logout-path", "/public/bye");
        try (var application = Application.with(settings(mode, settings))) {
            var reply = logout(application, application.browser()).orElseThrow();
            assertEquals(BASE + "/public/bye", location(reply));
            var again = application.relyingParty.end(PAGE).orElseThrow();
            assertEquals(BASE + "/public/bye", location(again), "nobody was logged in");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "cookie"})
    void theBrowserGoesToTheProviderToSignOutThereToo(String mode) throws Exception {
        var settings = Map.of("oidc.application-logout", "provider", "oidc.post-logout-path", "/public/bye");
        try (var application = Application.with(settings(mode, settings))) {
            var browser = application.browser();
            var reply = logout(application, browser).orElseThrow();
            assertTrue(location(reply).startsWith(application.provider.issuer() + "/end-session?id_token_hint="));
            var back = browser.reply(PlainBrowser.fromProvider(location(reply)));
            assertEquals(BASE + "/public/bye", location(back));
        }
    }

    @Test
    void thePostLogoutRedirectUriMayBeTheStartPageWhicheverFileThatIs() throws Exception {
        var settings = Map.of(
                "oidc.application-logout", "provider",
                "oidc.logout-callback-path", "/",
                "oidc.post-logout-path", "/",
                "oidc.public-paths", "/, /index.html, /public/*");
        try (var application = Application.with(settings)) {
            application.provider.register(Client.confidential(Application.CLIENT, Application.SECRET)
                    .redirectUri(BASE + "/oidc/callback")
                    .postLogoutRedirectUri(BASE + "/"));
            var browser = application.browser();
            var away = logout(application, browser).orElseThrow();
            var query = PlainBrowser.fromProvider(location(away)).query().orElseThrow();
            var welcome = PlainRequest.get("/index.html?" + query).sentAs(PlainRequest.CONTEXT + "/");
            assertEquals(BASE + "/", location(browser.reply(welcome)));
        }
    }

    @Test
    void thePostLogoutRedirectUriMayBeAPageOfTheApplication() throws Exception {
        var settings = Map.of(
                "oidc.application-logout", "provider",
                "oidc.logout-callback-path", "/public/bye",
                "oidc.post-logout-path", "/public/bye");
        try (var application = Application.with(settings)) {
            application.provider.register(Client.confidential(Application.CLIENT, Application.SECRET)
                    .redirectUri(BASE + "/oidc/callback")
                    .postLogoutRedirectUri(BASE + "/public/bye"));
            var browser = application.browser();
            var away = logout(application, browser).orElseThrow();
            var way = PlainBrowser.fromProvider(location(away));
            assertTrue(way.query().orElseThrow().startsWith("state="), "the provider took it");
            assertEquals(
                    Optional.empty(),
                    application.browser().proceed(way).caller(),
                    "whose logout it is not sees the page");
            var back = browser.reply(way);
            assertEquals(BASE + "/public/bye", location(back));
            back.cookies().forEach(browser::take);
            for (var path : new String[] {
                "/public/bye",
                "/public/bye?state=1",
                "/public/bye?state=1&a=1&a=2&b=%",
                "/public/bye?" + way.query().orElseThrow()
            }) {
                assertEquals(
                        Optional.empty(),
                        browser.proceed(PlainRequest.get(path)).caller(),
                        path);
            }
            assertEquals(
                    Optional.empty(),
                    browser.proceed(PlainRequest.post("/public/bye", "state=1")).caller());
        }
    }
}
