// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** Neither the log at its finest nor any page holds a token, code, secret or anything about the person. */
class LogSilenceTest {
    private final Logger root = Logger.getLogger("org.oidcfilter");
    private final Recorder recorder = new Recorder();
    private final List<String> pages = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    @BeforeEach
    void listen() {
        root.setLevel(Level.ALL);
        root.addHandler(recorder);
        secrets.addAll(List.of(Application.SECRET, "alice", "Alice", "Adams"));
    }

    @AfterEach
    void stop() {
        root.removeHandler(recorder);
        root.setLevel(null);
    }

    @Test
    void nothingLeaksWhenALoginSucceedsOrFailsInAnyWay() throws Exception {
        try (var application = Application.standard()) {
            application.provider.idTokens((header, claims) -> claims.put("email", "alice@example.test"));
            logInAndOut(application);
            fail(
                    application,
                    Endpoint.TOKEN,
                    Reply.json(400, Map.of("error", "invalid_grant", "error_description", "alice")));
            fail(application, Endpoint.TOKEN, Reply.text(200, "<html>alice</html>"));
            fail(application, Endpoint.TOKEN, Reply.json(200, "{\"access_token\":\"alice\",\"id_token\":5}"));
            fail(application, Endpoint.TOKEN, Reply.text(500, "alice"));
            fail(application, Endpoint.TOKEN, Reply.hangUp());
            for (var claim : List.of("aud", "exp", "iat", "nonce", "azp", "at_hash", "nbf", "sid")) {
                application.provider.honest();
                application.provider.idTokens((header, claims) -> claims.put(claim, List.of("alice")));
                attempt(application);
            }
            application.provider.honest();
            application.provider.tokens(token -> token.substring(0, token.length() - 5) + "AAAAA");
            attempt(application);
        }
        assertTrue(recorder.lines.size() > 10, "failures are logged");
        for (var secret : secrets) {
            for (var line : recorder.lines) {
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
        remember(callback);
        browser.reply(callback);
        var tokens = browser.session.stored.orElseThrow().tokens();
        secrets.add(tokens.idToken().reveal());
        secrets.add(tokens.idToken().reveal().split("\\.", -1)[1]);
        secrets.add(tokens.accessToken().orElseThrow().reveal());
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
        remember(callback);
        var page = browser.reply(callback);
        assertTrue(page.status() >= 400, page.body());
        pages.add(page.body());
    }

    private void remember(PlainRequest callback) {
        for (var parameter : callback.query().orElseThrow().split("&", -1)) {
            if (parameter.startsWith("code=") || parameter.startsWith("state=")) {
                secrets.add(parameter.substring(parameter.indexOf('=') + 1));
            }
        }
    }

    /** Everything as a formatter would print it, causes included. */
    private static final class Recorder extends Handler {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void publish(LogRecord entry) {
            var text = new StringWriter();
            text.write(new SimpleFormatter().formatMessage(entry));
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
