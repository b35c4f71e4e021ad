// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.SharedState;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.session.InMemorySharedState;

/** Group DS of docs/attacks.md: what many requests, or large ones, could use up. */
class FloodAttacksTest {
    private static final int MANY = 10_000;
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final Logger LOG = Logger.getLogger("org.oidcfilter");
    private static final Duration BEYOND_ANY_LINEAR_TIME = Duration.ofSeconds(30);

    private final Application application = Application.standard();
    private final Notes notes = new Notes(new InMemorySharedState(application.clock));
    private final RelyingParty relyingParty = application.deployed(Map.of(), notes);
    private final PlainSession session = new PlainSession();

    /** How long each note is kept. */
    private record Notes(SharedState state, Map<String, Duration> lifetimes) implements SharedState {
        Notes(SharedState state) {
            this(state, new ConcurrentHashMap<>());
        }

        @Override
        public boolean firstUse(String key, Duration lifetime) {
            lifetimes.put(key, lifetime);
            return state.firstUse(key, lifetime);
        }

        @Override
        public void mark(String key, Instant at, Duration lifetime) {
            lifetimes.put(key, lifetime);
            state.mark(key, at, lifetime);
        }

        @Override
        public Optional<Instant> marked(Collection<String> keys) {
            return state.marked(keys);
        }

        @Override
        public void keep(String key, String value, Duration lifetime) {
            lifetimes.put(key, lifetime);
            state.keep(key, value, lifetime);
        }

        @Override
        public Optional<String> kept(String key) {
            return state.kept(key);
        }
    }

    @BeforeEach
    void hush() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void stop() {
        LOG.setLevel(null);
        relyingParty.close();
        application.close();
    }

    private Reply reply(PlainRequest request) throws Exception {
        return assertInstanceOf(Reply.class, relyingParty.handle(request.session(session)));
    }

    private void assertNothingIsRemembered() {
        assertEquals(0, session.begun.get() + session.replaced.get() + session.ended.get());
        assertEquals(Map.of(), notes.lifetimes());
    }

    @Test
    @Tag("DS-01")
    void tenThousandStrangersAreRememberedNowhere() throws Exception {
        for (var i = 0; i < MANY; i++) {
            assertEquals(
                    i % 2 == 0 ? 302 : 401,
                    reply(i % 2 == 0 ? PAGE : PAGE.byScript()).status());
        }
        assertNothingIsRemembered();
        assertEquals(1, application.calls.get(), "the metadata, once");
    }

    @Test
    @Tag("DS-02")
    void twoHundredPollsSetNoCookieAndTwoHundredTabsAFewSmallOnes() throws Exception {
        var browser = application.browser();
        for (var i = 0; i < 200; i++) {
            assertEquals(401, browser.reply(PAGE.byScript()).status());
        }
        assertEquals(Map.of(), browser.cookies);
        var last = "";
        for (var i = 0; i < 200; i++) {
            last = location(browser.reply(PlainRequest.get("/page?" + "q".repeat(i * 20) + "=" + i)));
            application.clock.advance(Duration.ofMillis(1));
            assertTrue(browser.cookies.size() <= 4, "cookies: " + browser.cookies.size());
            assertTrue(browser.cookies.toString().length() < 4096, "all of them: " + browser.cookies);
        }
        assertEquals(302, browser.reply(PlainBrowser.fromProvider(last)).status(), "the newest is kept");
    }

    @Test
    @Tag("DS-03")
    void tenThousandMadeUpResponsesReachNobody() throws Exception {
        var cookies = someCookies();
        var before = application.calls.get();
        for (var i = 0; i < MANY; i++) {
            var query = "code=code-" + i + "&state=" + "s".repeat(43 - (i % 7)) + i;
            var response = i % 3 == 0
                    ? PlainRequest.post("/oidc/callback", query)
                    : PlainRequest.get("/oidc/callback?" + query);
            assertEquals(400, reply(response.cookies(cookies)).status());
        }
        assertEquals(before, application.calls.get());
        assertNothingIsRemembered();
    }

    /** Cookies of a real login, and some that only look like it. */
    private Map<String, String> someCookies() throws IOException {
        var browser = application.browser();
        browser.reply(PAGE);
        var cookies = new HashMap<>(browser.cookies);
        browser.cookies.forEach((name, value) -> {
            cookies.put(name.substring(0, name.length() - 1) + "_", value);
            cookies.put(name.substring(0, name.length() - 1) + "-", "x".repeat(value.length()));
        });
        return cookies;
    }

    @Test
    @Tag("DS-04")
    void whileTwoHundredLoginsHangFiftyThreadsWaitAndAllOthersAreServed() throws Exception {
        var user = application.browser();
        user.logIn("/page");
        var callbacks = new ArrayList<Map.Entry<PlainBrowser, PlainRequest>>();
        for (var i = 0; i < 200; i++) {
            var browser = application.browser();
            callbacks.add(Map.entry(browser, browser.toCallback(PAGE)));
        }
        var waiting = new CountDownLatch(50);
        var answered = new CountDownLatch(150);
        var released = new CountDownLatch(1);
        application.beforeCall = () -> {
            waiting.countDown();
            await(released);
        };
        var threads = Executors.newFixedThreadPool(200);
        try {
            var logins = new ArrayList<Future<Outcome>>();
            for (var callback : callbacks) {
                logins.add(threads.submit(() -> {
                    var outcome = callback.getKey().send(callback.getValue());
                    answered.countDown();
                    return outcome;
                }));
            }
            await(waiting);
            await(answered);
            assertTrue(user.proceed(PAGE).caller().isPresent());
            assertEquals(302, application.browser().reply(PAGE).status());
            assertInstanceOf(Proceed.class, application.browser().send(PlainRequest.get("/public/page")));
            released.countDown();
            var statuses = new HashMap<Integer, Integer>();
            for (var login : logins) {
                statuses.merge(((Reply) login.get(30, TimeUnit.SECONDS)).status(), 1, Integer::sum);
            }
            assertEquals(Map.of(302, 50, 503, 150), statuses);
        } finally {
            released.countDown();
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Test
    @Tag("DS-06")
    void whatLogoutTokensLeaveBehindIsTheProvidersOwnAndHasAnEnd() throws Exception {
        var genuine = application.provider.sign(Map.of("typ", "logout+jwt"), claims(0));
        var forged = genuine.substring(0, genuine.lastIndexOf('.') + 1);
        for (var i = 0; i < 1000; i++) {
            assertEquals(
                    400,
                    logout(i % 2 == 0 ? "a.b." + i : forged + "x".repeat(300) + i)
                            .status());
        }
        assertEquals(Map.of(), notes.lifetimes(), "who cannot sign leaves nothing behind");
        for (var i = 0; i < 200; i++) {
            assertEquals(
                    200,
                    logout(application.provider.sign(Map.of("typ", "logout+jwt"), claims(i)))
                            .status());
        }
        assertEquals(400, notes.lifetimes().size(), "a token and a session each");
        var longest = Duration.ofHours(8).plusMinutes(10).plusSeconds(5); // session, login, and the provider's answers
        notes.lifetimes().forEach((key, lifetime) -> assertTrue(lifetime.compareTo(longest) <= 0, key + lifetime));
        assertEquals(
                200,
                notes.lifetimes().values().stream()
                        .filter(lifetime -> lifetime.compareTo(Duration.ofMinutes(15)) <= 0)
                        .count(),
                "tokens for as long as they could be sent again");
        application.clock.advance(longest);
        assertTrue(notes.lifetimes().keySet().stream()
                .allMatch(key -> notes.marked(List.of(key)).isEmpty()));
    }

    private Reply logout(String token) throws Exception {
        return reply(PlainRequest.post("/oidc/backchannel-logout", new Form(Map.of("logout_token", token)).encode()));
    }

    private Map<String, Object> claims(int number) {
        var now = application.clock.instant().getEpochSecond();
        return Map.of(
                "iss",
                application.provider.issuer(),
                "aud",
                Application.CLIENT,
                "iat",
                now,
                "exp",
                now + 120,
                "jti",
                "jti-" + number,
                "sid",
                "sid-" + number,
                "events",
                Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    @Test
    @Tag("DS-07")
    void theBodyOfARequestThatNeedsALoginIsNotEvenLookedAt() throws Exception {
        var upload = PlainRequest.post("/orders", "a=" + "x".repeat(1 << 20));
        for (var type : List.of("application/x-www-form-urlencoded", "multipart/form-data;boundary=x", "text/plain")) {
            assertEquals(303, reply(upload.header("Content-Type", type)).status());
            assertEquals(
                    401, reply(upload.header("Content-Type", type).byScript()).status());
        }
        assertNothingIsRemembered();
        assertEquals(
                413,
                reply(PlainRequest.post("/oidc/callback", "a=" + "x".repeat(1 << 20)))
                        .status());
        assertEquals(
                413,
                reply(PlainRequest.post("/oidc/login", "a=" + "x".repeat(1 << 20)))
                        .status());
    }

    @Test
    @Tag("DS-08")
    void longTextTakesLinearTimeWhateverItIsMadeOf() {
        assertTimeoutPreemptively(BEYOND_ANY_LINEAR_TIME, () -> {
            for (var part :
                    List.of("/", "/.", "/;", ";x", "%", "%2", "%2f", "a", "a/", "\\", "?", ".;", "=", "&", " ", ",")) {
                var text = part.repeat(500_000 / part.length());
                reply(PAGE.sentAs("/app/" + text));
                reply(PlainRequest.get("/" + text.replace('?', 'x')));
                reply(PlainRequest.get("/page?" + text));
                reply(PlainRequest.get("/oidc/login?return_to=/app/" + text));
                reply(PlainRequest.get("/oidc/login?return_to=" + Login.encoded("/app/" + text + "\n")));
                reply(PlainRequest.get("/oidc/callback?state=" + text));
                var header = PAGE.withoutHeader("Sec-Fetch-Mode");
                for (var name : List.of("Accept", "User-Agent", "Referer", "Origin", "Cookie", "Content-Type")) {
                    reply(header.header(name, text + "text/html"));
                }
                reply(PAGE.cookies(
                        Map.of("oidc-" + text, text, "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.." + text, "x")));
            }
        });
        assertEquals(0, session.begun.get());
    }

    @Test
    @Tag("DS-09")
    void namesOfOneHashCostNoMoreThanOthers() throws Exception {
        var names = colliding();
        assertEquals(1, names.stream().mapToInt(String::hashCode).distinct().count());
        assertTimeoutPreemptively(BEYOND_ANY_LINEAR_TIME, () -> {
            var members = String.join("\":1,\"", names);
            assertEquals(names.size(), Json.parse("{\"" + members + "\":1}").size());
            var query = String.join("=1&", names);
            assertEquals(400, reply(PlainRequest.get("/oidc/callback?" + query)).status());
            assertEquals(400, reply(PlainRequest.get("/oidc/login?" + query)).status());
            assertEquals(302, reply(PlainRequest.get("/page?" + query)).status());
        });
        assertEquals(0, session.begun.get());
    }

    /** 16,384 different names of one hash code: {@code Aa} and {@code BB} have the same. */
    private static List<String> colliding() {
        var names = List.of("");
        for (var i = 0; i < 14; i++) {
            names = names.stream()
                    .flatMap(name -> List.of(name + "Aa", name + "BB").stream())
                    .toList();
        }
        return names;
    }

    @Test
    @Tag("DS-10")
    void aThousandRequestsAtOnceWaitForNobody() throws Exception {
        var user = application.browser();
        user.logIn("/page");
        var start = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(1000);
        try {
            var requests = new ArrayList<Future<Boolean>>();
            for (var i = 0; i < 1000; i++) {
                requests.add(threads.submit(() -> {
                    await(start);
                    return user.relyingParty().handle(PAGE.session(user.session)) instanceof Proceed proceed
                            && proceed.caller().isPresent();
                }));
            }
            start.countDown();
            for (var request : requests) {
                assertTrue(request.get(30, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
