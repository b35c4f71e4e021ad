// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.LoginAttack.changed;
import static org.oidcfilter.rp.LoginAttack.parameter;
import static org.oidcfilter.rp.PlainBrowser.location;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.Reason;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** Group IL of docs/attacks.md: logs and dumps at their most talkative. */
class SecretLeakAttacksTest {
    private static final String COOKIE_KEY = "a-cookie-key-of-more-than-thirty-two-characters";

    private final Set<String> secrets = new LinkedHashSet<>(List.of(
            Application.SECRET,
            Base64.getEncoder()
                    .encodeToString(
                            (Application.CLIENT + ":" + Application.SECRET).getBytes(StandardCharsets.US_ASCII)),
            COOKIE_KEY));

    @Test
    @Tag("IL-01")
    @Tag("IL-06")
    void noLogOfAnyoneHoldsASecretOrAPersonAtAnyLevel() throws Exception {
        secrets.addAll(List.of("alice", "Alice", "Adams", "bob", "example.test"));
        // the provider's server, and the client that stands for a browser
        try (var log = LogRecorder.ofAllBut("com.sun.net.httpserver", "sun.net.www");
                var application = Application.with(Map.of("oidc.cookie-keys", COOKIE_KEY, "oidc.userinfo", "always"))) {
            application.provider.idTokens((header, claims) -> claims.put("email", "alice@example.test"));
            logInAndOut(application);
            failures(application);
            application.provider.requests("/token").stream()
                    .flatMap(request -> request.form("code_verifier").stream())
                    .forEach(secrets::add);
            assertTrue(log.lines().size() > 20, "there is a log");
            for (var line : log.lines()) {
                for (var secret : secrets) {
                    assertFalse(line.contains(secret), () -> "shows " + secret + ": " + line);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"s3cret-token\"}",
                "HTTP/1.1 s3cret-token",
                "HTTP/1.1 200 OK\ns3cret-token: a: b\n{\"access_token\":\"s3cret-token\"}\n\n",
                "HTTP/1.1 200 OK\nContent-Length: s3cret-token\n\n{}",
                "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 7\ns3cret token: x\n\n12345",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\ns3cret-token"
            })
    @Tag("IL-01")
    void whatIsNoAnswerOfHttpIsNotQuoted(String answer) throws Exception {
        // the JDK's client itself, if somebody has it write a trace, writes down whatever it reads
        try (var log = LogRecorder.ofAllBut("com.sun.net.httpserver", "sun.net.www", "jdk.internal.httpclient");
                var attack = LoginAttack.standard();
                var server = RawServer.saying(answer)) {
            attack.keepSecret("s3cret");
            attack.unavailableLogin(
                    Reason.PROVIDER_UNREACHABLE, () -> attack.application.detours.put("/token", server.uri("/token")));
            assertTrue(log.lines().stream().anyMatch(line -> line.contains("/token failed: ")));
            log.lines().forEach(line -> assertFalse(line.contains("s3cret"), line));
        }
    }

    @Test
    @Tag("IL-01")
    void noLogOfARefreshARevocationOrALogoutTokenHoldsASecret() throws Exception {
        secrets.addAll(List.of("alice", "Alice", "Adams", "bob", "a-sid-of-somebody"));
        var settings = Map.of("oidc.cookie-keys", COOKIE_KEY, "oidc.scope", "openid profile offline_access");
        try (var log = LogRecorder.ofAllBut("com.sun.net.httpserver", "sun.net.www");
                var application = Application.with(settings)) {
            for (var reply : List.of(
                    Reply.json(400, Map.of("error", "invalid_grant", "error_description", "alice")),
                    Reply.json(401, Map.of("error", "invalid_client", "error_description", "alice")),
                    Reply.json(200, "{\"access_token\":\"alice\",\"id_token\":5}"),
                    Reply.text(500, "alice"),
                    Reply.hangUp())) {
                refreshes(application, reply);
            }
            logoutTokens(application);
            assertTrue(log.lines().size() > 15, "there is a log");
            for (var line : log.lines()) {
                for (var secret : secrets) {
                    assertFalse(line.contains(secret), () -> "shows " + secret + ": " + line);
                }
            }
        }
    }

    private void refreshes(Application application, Reply reply) throws Exception {
        var provider = application.provider;
        provider.honest();
        var browser = application.browser();
        browser.reply(toCallback(browser));
        keep(browser);
        application.clock.advance(Duration.ofMinutes(5));
        browser.send(PlainRequest.get("/page"));
        keep(browser);
        provider.answer(Endpoint.TOKEN, (request, honest) -> reply);
        provider.answer(Endpoint.REVOCATION, (request, honest) -> reply);
        application.clock.advance(Duration.ofMinutes(5));
        browser.send(PlainRequest.get("/page"));
        application.clock.advance(Duration.ofMinutes(1));
        browser.send(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin"));
    }

    private void keep(PlainBrowser browser) {
        var tokens = browser.session.stored.orElseThrow().tokens();
        secrets.addAll(List.of(tokens.idToken().reveal().split("\\.", -1)));
        secrets.remove("");
        secrets.add(tokens.accessToken().orElseThrow().reveal());
        secrets.add(tokens.refreshToken().orElseThrow().reveal());
    }

    private void logoutTokens(Application application) throws Exception {
        application.provider.honest();
        for (var claim : List.of("iss", "aud", "exp", "iat", "events", "nonce", "jti", "none")) {
            var claims = new HashMap<String, Object>(Map.of("sub", "alice", "sid", "a-sid-of-somebody"));
            claims.put(claim, List.of("alice"));
            var token = application.provider.sign(Map.of("typ", "logout+jwt"), claims);
            secrets.addAll(List.of(token.split("\\.", -1)));
            var answer =
                    application.browser().reply(PlainRequest.post("/oidc/backchannel-logout", "logout_token=" + token));
            assertEquals(400, answer.status());
            secrets.forEach(secret -> assertFalse(answer.body().contains(secret)));
        }
    }

    private void logInAndOut(Application application) throws Exception {
        var browser = application.browser();
        var callback = toCallback(browser);
        browser.reply(callback);
        browser.proceed(PlainRequest.get("/page"));
        var tokens = browser.session.stored.orElseThrow().tokens();
        secrets.addAll(List.of(tokens.idToken().reveal().split("\\.", -1)));
        secrets.remove("");
        secrets.add(tokens.accessToken().orElseThrow().reveal());
        browser.reply(PlainRequest.get("/oidc/user").byScript());
        browser.reply(PlainRequest.get("/oidc/logout"));
        var logout = browser.reply(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin"));
        secrets.addAll(browser.cookies.values());
        secrets.add(parameter(location(logout), "state"));
        browser.reply(visited(location(logout)));
    }

    private void failures(Application application) throws Exception {
        var provider = application.provider;
        for (var endpoint : List.of(Endpoint.TOKEN, Endpoint.USERINFO)) {
            for (var reply : List.of(
                    Reply.json(400, Map.of("error", "invalid_grant", "error_description", "alice")),
                    Reply.text(200, "alice " + Application.SECRET),
                    Reply.json(200, "{\"sub\":\"bob\",\"access_token\":\"alice\",\"id_token\":5}"),
                    Reply.text(500, "alice"),
                    Reply.hangUp())) {
                provider.honest();
                provider.answer(endpoint, (request, honest) -> reply);
                fails(application);
            }
        }
        provider.honest();
        for (var claim : List.of("iss", "aud", "exp", "iat", "nonce", "at_hash", "sub")) {
            provider.idTokens((header, claims) -> claims.put(claim, List.of("alice@example.test")));
            fails(application);
        }
        provider.honest();
        provider.tokens(token -> token.substring(0, token.length() - 5) + "AAAAA");
        fails(application);
        provider.honest();
        application.beforeCall = () -> {
            throw new IllegalStateException("alice " + Application.SECRET);
        };
        fails(application);
    }

    private void fails(Application application) throws Exception {
        var browser = application.browser();
        var callback = toCallback(browser);
        browser.reply(changed(callback, "state", parameter(callback, "state") + "A"));
        assertTrue(browser.reply(callback).status() >= 400);
        browser.reply(callback);
    }

    private PlainRequest toCallback(PlainBrowser browser) throws Exception {
        var redirect = location(browser.reply(PlainRequest.get("/page")));
        secrets.addAll(browser.cookies.values());
        List.of("state", "nonce", "code_challenge").forEach(name -> secrets.add(parameter(redirect, name)));
        var callback = visited(redirect);
        secrets.add(parameter(callback, "code"));
        return callback;
    }

    /** Visits the provider, by another client than the library's, so that one can tell their logs apart. */
    private static PlainRequest visited(String address) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setReadTimeout(10_000);
        var back = connection.getHeaderField("Location");
        return PlainRequest.get(back.substring((PlainRequest.ORIGIN + PlainRequest.CONTEXT).length()));
    }

    @Test
    @Tag("IL-02")
    void nothingOfOursPrintsASecret() throws Exception {
        try (var application = Application.with(Map.of("oidc.cookie-keys", COOKIE_KEY))) {
            var browser = application.browser();
            toCallback(browser);
            browser.logIn("/page");
            var session = browser.session.stored.orElseThrow();
            secrets.add(session.tokens().idToken().reveal());
            secrets.add(session.tokens().accessToken().orElseThrow().reveal());
            var config = config(Map.of("oidc.issuer", application.provider.issuer()));
            var seen = assertPrintsNoSecret(List.of(application.relyingParty, session, config));
            assertTrue(seen > 100, "looked at " + seen);
            assertFalse(application.relyingParty.introduction().text("oidc").contains(Application.SECRET));
        }
    }

    @Test
    @Tag("IL-02")
    void noProblemWithTheConfigurationQuotesASecret() {
        var problems = assertThrows(
                ConfigurationException.class,
                () -> config(Map.of(
                        "oidc.issuer",
                        "ftp://" + Application.SECRET + "@op.example/",
                        "oidc.client-secrets",
                        Application.SECRET,
                        "oidc.client-secret-file",
                        "/nowhere",
                        "oidc.cookie-keys",
                        "short-" + COOKIE_KEY.substring(0, 10))));
        assertFalse(problems.toString().contains(Application.SECRET), problems.toString());
        assertFalse(problems.toString().contains("short-"), problems.toString());
        assertTrue(problems.toString().contains("oidc.client-secrets"));
        assertEquals(null, problems.getCause());
    }

    private static OidcConfig config(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "oidc.client-id", Application.CLIENT,
                "oidc.client-secret", Application.SECRET,
                "oidc.cookie-keys", COOKIE_KEY));
        settings.putAll(more);
        var source = new PropertiesConfigSource(settings, "test", 100);
        return OidcConfig.load(new SmallRyeConfigBuilder().withSources(source).build(), Map.of());
    }

    /** Walks through everything that can be reached, as a debugger or a careless log statement would. */
    private int assertPrintsNoSecret(Collection<?> roots) throws IllegalAccessException {
        var seen = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
        var waiting = new ArrayDeque<Object>(roots);
        while (!waiting.isEmpty()) {
            var object = waiting.remove();
            if (seen.add(object)) {
                var text = String.valueOf(object);
                secrets.forEach(
                        secret -> assertFalse(text.contains(secret), () -> object.getClass() + " shows " + secret));
                reachable(object).forEach(waiting::add);
            }
        }
        return seen.size();
    }

    private static Collection<?> reachable(Object object) throws IllegalAccessException {
        if (object instanceof Collection<?> elements) {
            return elements.stream().filter(SecretLeakAttacksTest::isNoText).toList();
        }
        if (object instanceof Map<?, ?> map) {
            return map.values().stream().filter(SecretLeakAttacksTest::isNoText).toList();
        }
        if (object instanceof Optional<?> optional) {
            return optional.filter(SecretLeakAttacksTest::isNoText).stream().toList();
        }
        var values = new LinkedHashSet<Object>();
        for (var field : isOurs(object.getClass()) ? object.getClass().getDeclaredFields() : new Field[0]) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                @Nullable Object value = field.get(object);
                if (value != null && isNoText(value)) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** Not what a test lends. */
    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("org.oidcfilter") && !type.getName().contains("$$Lambda");
    }

    /** The text inside a {@link org.oidcfilter.Secret} is the secret itself. */
    private static boolean isNoText(Object value) {
        return !(value instanceof String);
    }
}
