// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Repository;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.protocol.Form;

/** Plays every cell of the table in docs/decisions/0016-what-overtakes-what.md. */
class InterleavingTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final Pattern TABLE = Pattern.compile("(?m)(^\\|.*\\|\\n)+");
    private static final Duration IDLE = Duration.ofSeconds(40);

    /** Longer than it takes to be idle: what was handed out before is good afterwards. So is a code, for a minute. */
    private static final Duration TOKEN_LIFETIME = Duration.ofSeconds(50);

    private static final Duration REFRESH_DUE = TOKEN_LIFETIME.dividedBy(2);
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final Application application = Application.with(
            Map.of(
                    "oidc.scope",
                    "openid offline_access",
                    "oidc.session-idle-timeout",
                    IDLE.toString(),
                    "oidc.userinfo",
                    "always"),
            TOKEN_LIFETIME);
    private final PlainBrowser browser = application.browser();
    private final HttpClient atProvider =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final RelyingParty restarted = application.freshlyStarted();
    private String knownKeysToken = "";

    @AfterEach
    void close() {
        restarted.close();
        application.close();
    }

    @ParameterizedTest(name = "{0} at {1} / {2}")
    @Tag("SE-16")
    @MethodSource("cells")
    void theTableHolds(String row, String point, String column, String end) throws Exception {
        application.browser().logIn("/elsewhere");
        if (!row.equals("login")) {
            browser.reply(callback("alice", "/page"));
        }
        application.clock.advance(Duration.ofSeconds(1));
        knownKeysToken = logoutToken();
        if (row.equals("expiry")) {
            happen(row);
            happen(column);
        } else {
            var inFlight = prepared(row, point);
            try (var pause = new Pause(application, endpointOf(point))) {
                application.provider.signWith(point.equals("keys") ? "ES256" : "RS256");
                var outcome = pause.request(inFlight);
                pause.awaitArrival();
                application.provider.signWith("RS256");
                application.clock.advance(Duration.ofSeconds(1));
                happen(column);
                application.clock.advance(Duration.ofSeconds(1));
                pause.end();
                assertConsistent(outcome.get(20, TimeUnit.SECONDS), end);
            }
        }
        application.provider.honest();
        assertEquals(end, who());
    }

    @Test
    void theTableIsComplete() throws Exception {
        assertEquals((3 * 4 + 3 + 2 + 1 + 1) * 8, cells().count());
        assertEquals(7, cells().map(cell -> cell.get()[0]).distinct().count());
        assertEquals(8, cells().map(cell -> cell.get()[2]).distinct().count());
    }

    @Test
    void tokensThatComeForASessionThatHasEndedAreRevoked() throws Exception {
        browser.reply(callback("alice", "/page"));
        application.clock.advance(REFRESH_DUE);
        try (var pause = new Pause(application, Endpoint.TOKEN)) {
            var outcome = pause.request(() -> browser.send(PAGE));
            pause.awaitArrival();
            happen("local logout");
            pause.end();
            assertTrue(outcome.get(20, TimeUnit.SECONDS) instanceof Outcome.Reply);
        }
        assertEquals(
                2, application.provider.requests("/revoke").size(), "the new refresh token and the new access token");
        assertEquals(1, browser.session.begun.get());
        assertTrue(browser.session.stored.isEmpty());
    }

    /** A page that was asked for as Alice is never answered as Bob. */
    private static void assertConsistent(Outcome outcome, String end) {
        if (outcome instanceof Proceed proceed) {
            assertEquals("alice", proceed.caller().orElseThrow().subject());
            assertEquals("alice", end, "answered with a page though the session had ended");
        }
    }

    /** What goes on until it needs an answer of the provider. */
    private Callable<Outcome> prepared(String row, String point) throws Exception {
        var request =
                switch (row) {
                    case "login", "second login" -> callback("alice", "/first");
                    case "user switch" -> callback("bob", "/first");
                    case "refresh" -> {
                        application.clock.advance(REFRESH_DUE);
                        yield PAGE;
                    }
                    case "logout" -> logout("provider");
                    default -> {
                        application.provider.signWith("ES256");
                        yield report(logoutToken());
                    }
                };
        // who has the metadata does not ask again
        var node = point.equals("discovery") ? browser.at(restarted) : browser;
        return () -> node.send(request);
    }

    /** So that a token with another key has to wait for the keys. */
    @BeforeEach
    void publishRsaKeysOnly() {
        application.provider.answer(Endpoint.JWKS, (request, honest) -> honest.get()
                .editJson(json -> json.put(
                        "keys",
                        ((List<?>) Objects.requireNonNull(json.get("keys")))
                                .stream()
                                        .filter(key ->
                                                key instanceof Map<?, ?> members && "RSA".equals(members.get("kty")))
                                        .toList())));
    }

    private static Endpoint endpointOf(String point) {
        return switch (point) {
            case "discovery" -> Endpoint.DISCOVERY;
            case "token endpoint" -> Endpoint.TOKEN;
            case "keys" -> Endpoint.JWKS;
            case "UserInfo" -> Endpoint.USERINFO;
            case "revocation" -> Endpoint.REVOCATION;
            default -> throw new IllegalArgumentException(point);
        };
    }

    private void happen(String column) throws Exception {
        switch (column) {
            case "login", "second login" -> browser.send(callback("alice", "/second"));
            case "user switch" -> browser.send(callback("bob", "/second"));
            case "refresh" -> {
                if (browser.session.stored.isPresent()) {
                    application.clock.advance(REFRESH_DUE.minusSeconds(2));
                }
                browser.send(PAGE);
            }
            case "logout" -> browser.send(logout("provider"));
            case "local logout" -> browser.send(logout("here"));
            case "logout token" ->
                assertEquals(200, browser.reply(report(knownKeysToken)).status());
            default -> application.clock.advance(IDLE.plusSeconds(1));
        }
    }

    private static PlainRequest logout(String scope) {
        return PlainRequest.get("/oidc/logout?scope=" + scope).header("Sec-Fetch-Site", "same-origin");
    }

    private static PlainRequest report(String token) {
        return PlainRequest.post("/oidc/backchannel-logout", new Form(Map.of("logout_token", token)).encode());
    }

    /** The browser on its way back from the provider, where it keeps its cookies. */
    private PlainRequest callback(String user, String page) throws IOException, InterruptedException {
        application.loginAs(user);
        var address = PlainBrowser.location(browser.reply(PlainRequest.get("/oidc/login?return_to=/app" + page)));
        var response =
                atProvider.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding());
        var back = response.headers().firstValue("Location").orElseThrow();
        return PlainRequest.get(back.substring((PlainRequest.ORIGIN + PlainRequest.CONTEXT).length()));
    }

    private String logoutToken() {
        var now = application.clock.instant().getEpochSecond();
        return application.provider.sign(
                Map.of("typ", "logout+jwt"),
                Map.of(
                        "iss",
                        application.provider.issuer(),
                        "aud",
                        Application.CLIENT,
                        "iat",
                        now,
                        "exp",
                        now + 540,
                        "jti",
                        "jti-" + System.nanoTime(),
                        "events",
                        Map.of(EVENT, Map.of()),
                        "sub",
                        "alice"));
    }

    private String who() throws IOException {
        var outcome = browser.send(PAGE);
        if (outcome instanceof Proceed proceed) {
            return proceed.caller().orElseThrow().subject();
        }
        assertTrue(PlainBrowser.location((Outcome.Reply) outcome)
                .startsWith(application.provider.issuer() + "/authorize?"));
        return "nobody";
    }

    static Stream<Arguments> cells() throws IOException {
        var text = Files.readString(Repository.root().resolve("docs/decisions/0016-what-overtakes-what.md"));
        var tables = TABLE.matcher(text).results().map(MatchResult::group).toList();
        var rows = rowsOf(tables.get(0));
        var points = rowsOf(tables.get(1)).stream().collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
        var cells = new ArrayList<Arguments>();
        for (var row : rows.subList(2, rows.size())) {
            for (var point : points.getOrDefault(row.get(0), "nothing").split(", ", -1)) {
                for (var column = 1; column < row.size(); column++) {
                    cells.add(arguments(row.get(0), point, rows.get(0).get(column), row.get(column)));
                }
            }
        }
        return cells.stream();
    }

    private static List<List<String>> rowsOf(String table) {
        return table.lines()
                .map(row -> Stream.of(row.substring(1, row.length() - 1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
