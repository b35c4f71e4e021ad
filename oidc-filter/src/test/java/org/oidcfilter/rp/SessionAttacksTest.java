// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;

/** Group SE of docs/attacks.md: what strangers, caches and clocks could make of a session. */
class SessionAttacksTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final PlainRequest PUBLIC = PlainRequest.get("/public/page");

    private LoginAttack attack;
    private PlainBrowser browser;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
        browser = attack.browser;
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    @Test
    @Tag("SE-05")
    void behindAProxyThatEndsTlsCookiesAreSecureOrThereIsNoLogin() throws Exception {
        var inside = "http://10.0.0.7:8080";
        attack.refusesAndKeepsLogin(Reason.INSECURE_TRANSPORT, PAGE.origin(inside));
        try (var application = Application.with(Map.of("oidc.external-url", "https://shop.example/app"))) {
            var reply = application.browser().reply(PAGE.origin(inside).header("X-Forwarded-Proto", "https"));
            assertEquals(1, reply.cookies().size());
            var header = reply.cookies().get(0).header();
            assertTrue(header.matches("__Host-[^;]+; Path=/; .*HttpOnly; SameSite=Lax; Secure"), header);
            assertTrue(application.relyingParty.introduction().https(), "so that the session's cookie is held to it");
        }
    }

    @Test
    @Tag("SE-09")
    void twoHundredGroupsAreAllThereAndInNoCookie() throws Exception {
        var groups = IntStream.range(0, 200)
                .mapToObj(i -> "/departments/of/a/large/company/group-" + i)
                .toList();
        attack.application.provider.idTokens((header, claims) -> claims.put("roles", groups));
        attack.completes(attack.callback());
        assertEquals(Map.of(), browser.cookies);
        var proceed = browser.proceed(PAGE);
        assertEquals(Set.copyOf(groups), proceed.caller().orElseThrow().roles());
        assertEquals(List.of(), proceed.cookies());
        assertEquals(1, attack.exchanges(), "one login, no loop");
    }

    @Test
    @Tag("SE-11")
    void aSessionThatIsOverStaysOverWhateverTheClockSays() throws Exception {
        attack.completes(attack.callback());
        var clock = attack.application.clock;
        clock.advance(Duration.ofMinutes(30).plusSeconds(1));
        assertEquals(302, browser.reply(PAGE).status());
        clock.advance(Duration.ofHours(-1));
        assertEquals(302, browser.reply(PAGE).status());
        assertEquals(401, browser.reply(PAGE.byScript()).status());
        assertTrue(browser.session.stored.isEmpty());
    }

    @Test
    @Tag("SE-11")
    void aClockThatIsSetBackMovesNoLimit() throws Exception {
        attack.completes(attack.callback());
        var clock = attack.application.clock;
        var times = browser.session.stored.orElseThrow().times();
        clock.advance(Duration.ofHours(-1));
        browser.proceed(PAGE);
        assertEquals(times, browser.session.stored.orElseThrow().times());
        clock.advance(Duration.ofHours(1).plusMinutes(30));
        assertEquals(302, browser.reply(PAGE).status());
    }

    @Test
    @Tag("SE-13")
    @Tag("SE-14")
    void nothingThatIsPersonalOrSetsACookieMayBeSharedByACache() throws Exception {
        var other = attack.application.loginAs("bob").browser();
        other.logIn("/page");
        attack.application.loginAs("alice");
        var redirect = (Reply) keptFromCaches(PAGE);
        keptFromCaches(PAGE.byScript());
        keptFromCaches(PlainRequest.get("/oidc/callback?code=x"));
        keptFromCaches(attack.callback(location(redirect)));
        assertTrue(browser.session.stored.isPresent());
        for (var path : List.of("/page", "/public/page", "/admin/x", "/oidc/user", "/oidc/logout")) {
            keptFromCaches(PlainRequest.get(path));
            keptFromCaches(PlainRequest.get(path).byScript());
        }
        keptFromCaches(PAGE.demand(org.oidcfilter.OidcRequest.Demand.PASSIVE));
        keptFromCaches(PlainRequest.get("/orders/1").method("DELETE"));
        attack.application.clock.advance(Duration.ofHours(1));
        keptFromCaches(PUBLIC);
        assertEquals(1, browser.session.ended.get(), "which may change the container's cookie");
        keptFromCaches(PAGE);
        keptFromCaches(PlainRequest.get("/oidc/logout"));
        assertEquals(Map.of(), ((Proceed) browser.send(PUBLIC)).headers(), "what is nobody's may be kept");
    }

    private Outcome keptFromCaches(PlainRequest request) throws Exception {
        var outcome = browser.send(request);
        var cacheControl = outcome.headers().getOrDefault("Cache-Control", "");
        assertTrue(
                cacheControl.equals("no-store") || cacheControl.equals("private, no-cache"),
                request.path() + " " + cacheControl);
        if (outcome instanceof Proceed) {
            assertEquals("Cookie", outcome.headers().get("Vary"), "also if the application replaces the other header");
        } else {
            assertEquals("no-store", cacheControl);
        }
        return outcome;
    }

    @Test
    @Tag("SE-15")
    void twentyThousandRequestsOfAHundredUsersAtOnceNeverMixThemUp() throws Exception {
        attack.completes(attack.callback());
        var sessions = IntStream.range(0, 100).mapToObj(this::of).toList();
        var threads = Executors.newFixedThreadPool(16);
        try {
            var mixedUp = new ArrayList<Callable<Integer>>();
            for (var part = 0; part < 200; part++) {
                mixedUp.add(() -> mixedUp(sessions));
            }
            for (var part : threads.invokeAll(mixedUp, 60, TimeUnit.SECONDS)) {
                assertEquals(0, part.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many of one request of each user are answered as another's; a defect in between leaves nothing behind. */
    private int mixedUp(List<PlainSession> sessions) throws Exception {
        var wrong = 0;
        for (var i = 0; i < sessions.size(); i++) {
            var request = (i % 2 == 0 ? PAGE : PUBLIC).session(sessions.get(i));
            var subject = browser.relyingParty().handle(request) instanceof Proceed proceed
                    ? proceed.caller().orElseThrow().subject()
                    : "nobody";
            wrong += subject.equals("user-" + i) ? 0 : 1;
            if (i % 10 == 0) {
                browser.relyingParty().handle(PlainRequest.get("/admin/x").session(sessions.get(i)));
                wrong += browser.relyingParty().handle(PUBLIC) instanceof Proceed nobody
                                && nobody.caller().isEmpty()
                        ? 0
                        : 1;
            }
        }
        return wrong;
    }

    private PlainSession of(int user) {
        var alice = browser.session.stored.orElseThrow();
        var session = new PlainSession();
        session.stored = Optional.of(new OidcSession(
                new OidcSession.Identity(
                        alice.identity().issuer(), "user-" + user, Optional.empty(), "User " + user, Set.of("user")),
                alice.tokens(),
                alice.authentication(),
                alice.times()));
        return session;
    }

    @Test
    @Tag("SE-19")
    void noLifetimeWrapsAroundInOrAfter2038() throws Exception {
        var clock = attack.application.clock;
        for (var year : List.of("2038-01-19T03:13:50Z", "2106-02-07T06:28:10Z", "9998-01-01T00:00:00Z")) {
            clock.advance(Duration.between(clock.instant(), Instant.parse(year)));
            var someone = attack.application.browser();
            assertEquals(302, someone.logIn("/page").status(), year);
            clock.advance(Duration.ofSeconds(20));
            var caller = someone.proceed(PAGE).caller().orElseThrow();
            assertTrue(caller.sessionExpiresAt().isAfter(clock.instant()), year);
            var stored = someone.session.stored.orElseThrow();
            assertEquals(stored.times(), stored(stored).times(), year);
            var user = Json.parse(someone.reply(PlainRequest.get("/oidc/user")).body());
            assertEquals(1780L, user.get("session_expires_in"), year);
            clock.advance(Duration.ofMinutes(30));
            assertEquals(302, someone.reply(PAGE).status(), year);
        }
    }

    /** As a container would store it. */
    private static OidcSession stored(OidcSession session) {
        return OidcSession.fromBytes(session.toBytes()).orElseThrow();
    }
}
