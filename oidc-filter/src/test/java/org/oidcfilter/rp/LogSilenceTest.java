// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** Neither the log at its finest nor any page holds a token, code, secret or anything about the person. */
class LogSilenceTest {
    private static final List<Reply> BAD_ANSWERS = List.of(
            Reply.json(400, Map.of("error", "invalid_grant", "error_description", "alice")),
            Reply.json(401, Map.of("error", "invalid_token", "error_description", "alice")),
            Reply.text(200, "<html>alice</html>"),
            Reply.text(200, "alice").header("Content-Type", "application/jwt"),
            Reply.json(200, "{\"alice\""),
            Reply.json(200, "{\"sub\":[\"alice\"],\"issuer\":[\"alice\"],\"keys\":\"alice\"}"),
            Reply.json(200, "{\"access_token\":\"alice\",\"id_token\":5}"),
            Reply.text(500, "alice"),
            Reply.redirect("http://127.0.0.1:1/alice"),
            Reply.hangUp());

    private final LogRecorder log = new LogRecorder();
    private final List<String> pages = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>(List.of(Application.SECRET, "alice", "Alice", "Adams"));

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void nothingLeaksWhenALoginSucceedsOrFailsInAnyWay() throws Exception {
        try (var application = Application.standard()) {
            application.provider.idTokens((header, claims) -> claims.put("email", "alice@example.test"));
            logInAndOut(application);
            for (var answer : BAD_ANSWERS) {
                fail(application, Endpoint.TOKEN, answer);
            }
            for (var claim : List.of("aud", "exp", "iat", "nonce", "azp", "at_hash", "nbf", "sid", "sub", "iss")) {
                application.provider.honest();
                application.provider.idTokens((header, claims) -> claims.put(claim, List.of("alice")));
                attempt(application);
            }
            application.provider.honest();
            application.provider.tokens(token -> token.substring(0, token.length() - 5) + "AAAAA");
            attempt(application);
        }
        assertSilent(20);
    }

    @Test
    void nothingLeaksFromAResponseThatIsPosted() throws Exception {
        try (var application = Application.with(Map.of("oidc.response-mode", "form_post"))) {
            for (var spoil : List.of("&state=again", "&id_token=alice", "&iss=https%3A%2F%2Falice", "&x=%zz")) {
                var browser = application.browser();
                var form = browser.toPostedCallback(PlainRequest.get("/page"));
                remember(form);
                refuse(browser, PlainRequest.post("/oidc/callback", form + spoil));
                refuse(browser, PlainRequest.post("/oidc/callback?alice=1", form));
                refuse(browser, PlainRequest.post("/oidc/callback", form + "&x=" + "x".repeat(70_000)));
                application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.text(500, "alice"));
                refuse(browser, PlainRequest.post("/oidc/callback", form + "&resubmitted=1"));
                application.provider.honest();
            }
        }
        assertSilent(10);
    }

    @Test
    void nothingLeaksFromALogoutWhetherItSucceedsOrFails() throws Exception {
        try (var application = Application.standard()) {
            logInAndOut(application);
            var browser = application.browser();
            refuse(browser, PlainRequest.get("/oidc/logout/callback?state=a-state-of-somebody&x=alice"));
            refuse(browser, PlainRequest.get("/oidc/logout/callback?state=alice&state=alice"));
            refuse(browser, PlainRequest.get("/oidc/logout?proof=alice&proof=alice"));
            browser.logIn("/page");
            pages.add(
                    browser.reply(PlainRequest.get("/oidc/logout?proof=alice")).body());
        }
        secrets.add("a-state-of-somebody");
        assertSilent(3);
    }

    @Test
    void nothingLeaksWhenALogoutCannotReachTheProvider() throws Exception {
        try (var application = Application.standard();
                var other = Application.standard()) {
            var browser = application.browser();
            browser.logIn("/page");
            other.provider.answer(Endpoint.DISCOVERY, (request, honest) -> Reply.text(503, "alice"));
            var session = browser.session.stored.orElseThrow();
            remember(session);
            var late = other.browser();
            late.session.stored = Optional.of(at(other, session));
            pages.add(late.reply(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin"))
                    .body());
        }
        assertTrue(log.lines().stream().anyMatch(line -> line.startsWith("signed out here only")), "it is logged");
        assertSilent(1);
    }

    @Test
    void nothingLeaksWhenUserInfoFails() throws Exception {
        try (var application = Application.with(Map.of("oidc.userinfo", "always"))) {
            for (var answer : BAD_ANSWERS) {
                fail(application, Endpoint.USERINFO, answer);
            }
            fail(application, Endpoint.USERINFO, Reply.json(200, Map.of("sub", "alice2", "name", "Alice")));
        }
        assertSilent(BAD_ANSWERS.size());
    }

    @Test
    void nothingLeaksWhenOnlyANameIsMissing() throws Exception {
        try (var application = Application.standard()) {
            application.provider.idTokens((header, claims) -> claims.remove("preferred_username"));
            application.provider.answer(Endpoint.USERINFO, (request, honest) -> Reply.text(500, "alice"));
            assertEquals(302, application.browser().logIn("/page").status());
        }
        assertTrue(log.lines().stream().anyMatch(line -> line.startsWith("no UserInfo")), "it is logged");
        assertSilent(1);
    }

    @Test
    void nothingLeaksWhenTheMetadataOrTheKeysCannotBeHad() throws Exception {
        for (var answer : BAD_ANSWERS) {
            try (var application = Application.standard()) {
                application.provider.answer(Endpoint.DISCOVERY, (request, honest) -> answer);
                refuse(application.browser(), PlainRequest.get("/page"));
            }
            try (var application = Application.standard()) {
                fail(application, Endpoint.JWKS, answer);
            }
        }
        assertSilent(2 * BAD_ANSWERS.size());
    }

    @Test
    void nothingLeaksFromADefect() throws Exception {
        try (var application = Application.standard()) {
            var browser = application.browser();
            var callback = browser.toCallback(PlainRequest.get("/page"));
            remember(callback.query().orElseThrow());
            var broken = callback.cookies(browser.cookies).session(new BrokenSession());
            for (var request : List.of(broken, PlainRequest.get("/page").session(new BrokenSession()))) {
                var reply = (Outcome.Reply) application.relyingParty.handle(request);
                assertEquals(500, reply.status());
                pages.add(reply.body());
                pages.add(reply.headers().toString());
            }
        }
        assertEquals(
                2,
                log.lines().stream()
                        .filter(line -> line.contains(" internal: "))
                        .count());
        assertSilent(2);
    }

    @Test
    void nothingLeaksFromAConfigurationThatCannotWork() {
        var settings = Map.of(
                "oidc.issuer",
                "https://user:" + Application.SECRET + "@op.test/",
                "oidc.client-id",
                "shop",
                "oidc.client-secret",
                Application.SECRET,
                "oidc.client-secret-file",
                "/no/" + Application.SECRET,
                "oidc.client-secrett",
                Application.SECRET,
                "oidc.jwks-uri",
                "ftp://op.test/?key=" + Application.SECRET,
                "oidc.cookie-keys",
                Application.SECRET.substring(0, 20));
        secrets.add(Application.SECRET.substring(0, 20));
        var source = new PropertiesConfigSource(settings, "test", 100);
        var config = new SmallRyeConfigBuilder().withSources(source).build();
        var failure = assertThrows(ConfigurationException.class, () -> OidcConfig.load(config, Map.of()));
        assertTrue(failure.problems().size() >= 4, failure::getMessage);
        pages.add(failure.toString());
        pages.add(String.valueOf(failure.getCause()));
        assertSilent(0);
    }

    private static OidcSession at(Application application, OidcSession session) {
        var person = session.identity();
        var there = new OidcSession.Identity(
                application.provider.issuer(), person.subject(), person.sid(), person.name(), person.roles());
        return new OidcSession(there, session.tokens(), session.authentication(), session.times());
    }

    private void assertSilent(int atLeast) {
        assertTrue(log.lines().size() >= atLeast, log.lines()::toString);
        for (var secret : secrets) {
            for (var line : log.lines()) {
                assertFalse(line.contains(secret), () -> "log: " + line);
            }
            for (var page : pages) {
                assertFalse(page.contains(secret), () -> "page: " + page);
            }
        }
    }

    private void logInAndOut(Application application) throws Exception {
        var browser = application.browser();
        var callback = browser.toCallback(PlainRequest.get("/page"));
        remember(callback.query().orElseThrow());
        browser.reply(callback);
        remember(browser.session.stored.orElseThrow());
        browser.reply(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin"));
    }

    private void fail(Application application, Endpoint endpoint, Reply reply) throws Exception {
        application.provider.honest();
        application.provider.answer(endpoint, (request, honest) -> reply);
        attempt(application);
    }

    private void attempt(Application application) throws Exception {
        var browser = application.browser();
        var callback = browser.toCallback(PlainRequest.get("/page"));
        remember(callback.query().orElseThrow());
        refuse(browser, callback);
    }

    private void refuse(PlainBrowser browser, PlainRequest request) throws Exception {
        secrets.addAll(browser.cookies.values());
        var page = browser.reply(request);
        assertTrue(page.status() >= 400, page.body());
        pages.add(page.body());
    }

    private void remember(OidcSession session) {
        var tokens = session.tokens();
        secrets.add(tokens.idToken().reveal());
        secrets.add(tokens.idToken().reveal().split("\\.", -1)[1]);
        secrets.add(tokens.accessToken().orElseThrow().reveal());
    }

    /** The code and the state of a response. */
    private void remember(String response) {
        for (var parameter : response.split("&", -1)) {
            if (parameter.startsWith("code=") || parameter.startsWith("state=")) {
                secrets.add(parameter.substring(parameter.indexOf('=') + 1));
            }
        }
    }

    /** A session store that says too much when it fails. */
    private static final class BrokenSession implements SessionHandle {
        @Override
        public Optional<OidcSession> load() {
            throw broken();
        }

        @Override
        public void begin(OidcSession session) {
            throw new IllegalStateException(
                    "cannot store " + session.tokens().idToken().reveal(), broken());
        }

        @Override
        public Optional<OidcSession> update(Function<OidcSession, Optional<OidcSession>> change) {
            throw broken();
        }

        @Override
        public void end() {
            throw broken();
        }

        private static IllegalStateException broken() {
            return new IllegalStateException("the store has alice and " + Application.SECRET);
        }
    }
}
