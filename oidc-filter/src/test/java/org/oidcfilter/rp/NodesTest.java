// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.protocol.Form;

/** Two nodes that share what nodes have to share. Their sessions they keep each for itself, as if they were cookies. */
class NodesTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final Duration DUE = Duration.ofMinutes(4).plusSeconds(30);
    private static final Map<String, String> SETTINGS =
            Map.of("oidc.shared-state", "jcache", "oidc.scope", "openid profile offline_access");

    private final Application application = Application.with(SETTINGS);
    private final RelyingParty otherNode = application.freshlyStarted();
    private final PlainBrowser here = application.browser();
    private final PlainBrowser there = new PlainBrowser(otherNode);

    @BeforeEach
    void logIn() throws Exception {
        here.logIn("/page");
        moveOver();
        application.provider.forgetRequests();
    }

    /** The browser is sent to the other node, with all it has. */
    private void moveOver() {
        there.cookies.clear();
        there.cookies.putAll(here.cookies);
        there.session.stored = here.session.stored;
    }

    @AfterEach
    void close() {
        otherNode.close();
        application.close();
    }

    @Test
    @Tag("CF-01")
    void aSessionOfOneNodeIsServedByTheOther() throws Exception {
        assertEquals(
                here.proceed(PAGE).caller().orElseThrow().getName(),
                there.proceed(PAGE).caller().orElseThrow().getName());
        assertEquals(0, there.session.begun.get());
    }

    @Test
    @Tag("LO-27")
    void aLogoutThatOneNodeHearsOfEndsTheSessionOnBoth() throws Exception {
        application.clock.advance(Duration.ofSeconds(1));
        assertEquals(200, there.reply(logout("jti-1")).status());
        assertEquals(302, here.reply(PAGE).status());
        assertEquals(302, there.reply(PAGE).status());
    }

    @Test
    @Tag("LO-27")
    void aLogoutTokenThatOneNodeHasSeenIsAReplayOnTheOther() throws Exception {
        var request = logout("jti-1");
        assertEquals(200, there.reply(request).status());
        application.clock.advance(Duration.ofSeconds(1));
        here.logIn("/page");
        application.clock.advance(Duration.ofSeconds(1));
        assertEquals(400, here.reply(request).status());
        assertTrue(here.proceed(PAGE).caller().isPresent());
    }

    @Test
    @Tag("CF-01")
    void aLoginIsFinishedByEitherNodeAndOnce() throws Exception {
        var late = application.browser();
        var callback = late.toCallback(PAGE);
        var elsewhere = new PlainBrowser(otherNode);
        elsewhere.cookies.putAll(late.cookies);
        application.provider.forgetRequests();
        assertEquals(302, elsewhere.reply(callback).status());
        var refusal = late.reply(callback);
        assertEquals(400, refusal.status());
        assertTrue(refusal.body().contains("state_used"), refusal.body());
        assertEquals(1, application.provider.requests("/token").size());
    }

    @Test
    @Tag("RF-02")
    void oneNodeRenewsTokensForBoth() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        try (var pause = new Pause(application, Endpoint.TOKEN)) {
            var first = pause.request(() -> here.proceed(PAGE));
            pause.awaitArrival();
            var second = pause.request(() -> there.proceed(PAGE));
            pause.end();
            for (var each : List.of(first, second)) {
                assertTrue(each.get(20, TimeUnit.SECONDS).caller().isPresent());
            }
        }
        assertEquals(1, refreshes());
        var tokens = here.session.stored.orElseThrow().tokens();
        assertEquals(tokens, there.session.stored.orElseThrow().tokens());
        assertEquals(
                here.session.stored.orElseThrow().identity(),
                there.session.stored.orElseThrow().identity());
        application.clock.advance(DUE);
        assertTrue(there.proceed(PAGE).caller().isPresent());
        assertEquals(2, refreshes(), "with the refresh token that the other node got");
        assertNotEquals(
                tokens.refreshToken(),
                there.session.stored.orElseThrow().tokens().refreshToken());
    }

    @Test
    @Tag("RF-02")
    void aRefusalIsOneForBoth() throws Exception {
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> Reply.json(400, Map.of("error", "invalid_grant")));
        application.clock.advance(DUE);
        assertEquals(302, here.reply(PAGE).status());
        assertEquals(302, there.reply(PAGE).status());
        assertEquals(1, refreshes());
    }

    @Test
    void anOutageOfTheProviderIsNotedByOneNodeAndThePauseKeptByBoth() throws Exception {
        application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(500, Map.of()));
        application.clock.advance(DUE);
        assertTrue(here.proceed(PAGE).caller().isPresent());
        assertTrue(there.proceed(PAGE).caller().isPresent());
        assertEquals(1, refreshes());
        application.provider.honest();
        application.clock.advance(Duration.ofSeconds(11));
        assertTrue(there.proceed(PAGE).caller().isPresent());
        assertEquals(2, refreshes());
    }

    @Test
    @Tag("RF-02")
    void whenTheNodeThatRenewsDiesAnotherOneTakesOver() throws Exception {
        application.clock.advance(Duration.ofMinutes(6));
        var threads = Executors.newCachedThreadPool();
        try {
            var dead = new CountDownLatch(1);
            var asking = new CountDownLatch(1);
            application.beforeCall = () -> block(asking, dead);
            var first = threads.submit(() -> here.proceed(PAGE));
            assertTrue(asking.await(20, TimeUnit.SECONDS));
            application.beforeCall = () -> {};
            var second = threads.submit(() -> there.proceed(PAGE));
            application.sharedState.awaitRefusedClaim();
            assertEquals(0, refreshes());
            application.clock.advance(Duration.ofSeconds(11)); // the lease is over
            assertTrue(second.get(20, TimeUnit.SECONDS).caller().isPresent());
            assertEquals(1, refreshes());
            first.cancel(true);
            dead.countDown();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("RF-02")
    void aNodeWhoseClockIsAheadDoesNotTakeALeaseThatIsInUse() throws Exception {
        application.clock.advance(DUE);
        here.proceed(PAGE);
        var longestRenewal = Duration.ofSeconds(5 + 3);
        var lease = application.sharedState.longestClaim(" refresh ");
        assertTrue(lease.minus(longestRenewal).toMillis() >= 2000, lease::toString);
    }

    @Test
    @Tag("LO-27")
    void whoseLoginBeganOnANodeWhoseClockIsAheadIsSignedOutOnAll() throws Exception {
        for (var scope : List.of("provider", "everywhere")) {
            application.clock.advance(Duration.ofSeconds(-5));
            var link = PlainRequest.get("/oidc/logout?scope=" + scope).header("Sec-Fetch-Site", "same-origin");
            assertEquals(302, here.reply(link).status());
            assertEquals(302, there.reply(PAGE).status(), scope);
            application.clock.advance(Duration.ofMinutes(1));
            here.logIn("/page");
            moveOver();
        }
    }

    private static void block(CountDownLatch arrived, CountDownLatch over) {
        arrived.countDown();
        try {
            assertFalse(over.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theOutcomeIsKeptForNobodyButTheNodes() throws Exception {
        application.clock.advance(DUE);
        here.proceed(PAGE);
        var tokens = here.session.stored.orElseThrow().tokens();
        var kept = application.sharedState.kept;
        assertEquals(1, kept.size());
        for (var secret : List.of(
                tokens.idToken(),
                tokens.accessToken().orElseThrow(),
                tokens.refreshToken().orElseThrow())) {
            assertFalse(kept.toString().contains(secret.reveal()));
        }
    }

    @Test
    @Tag("RF-02")
    void anOutcomeThatIsPutInThePlaceOfAnothersMakesNobodySomebodyElse() throws Exception {
        application.loginAs("bob");
        there.session.stored = Optional.empty();
        there.cookies.clear();
        there.logIn("/page");
        application.clock.advance(DUE);
        here.proceed(PAGE);
        application.sharedState.planted = Optional.of(application.sharedState.kept.get(0));
        application.provider.forgetRequests();
        assertTrue(there.proceed(PAGE).caller().isPresent());
        assertEquals("bob", there.session.stored.orElseThrow().identity().subject());
        assertEquals(1, refreshes(), "for himself");
    }

    @Test
    @Tag("RF-02")
    void aRefusalThatIsPutInThePlaceOfAnotherOutcomeLogsNobodyOut() throws Exception {
        var bystander = new PlainBrowser(otherNode);
        bystander.logIn("/page");
        application.clock.advance(DUE);
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> Reply.json(400, Map.of("error", "invalid_grant")));
        assertEquals(302, here.reply(PAGE).status());
        application.provider.honest();
        application.sharedState.planted = Optional.of(application.sharedState.kept.get(0));
        assertTrue(bystander.proceed(PAGE).caller().isPresent());
    }

    @Test
    void nodesWithKeysOfTheirOwnRenewForThemselvesAndSaySo() throws Exception {
        var settings = new HashMap<>(SETTINGS);
        settings.put("oidc.client-secret", "short");
        var node = application.deployed(settings);
        var text = node.introduction().text("oidc");
        assertTrue(text.contains("each node renews tokens for itself"), text);
        assertTrue(text.contains("are shared with other nodes by"), text);
        assertFalse(text.contains("in the memory of this node"), text);
        node.close();
    }

    private int refreshes() {
        return application.provider.requests("/token").size();
    }

    private PlainRequest logout(String jti) {
        var now = application.clock.instant().getEpochSecond();
        var token = application.provider.sign(
                Map.of("typ", "logout+jwt"),
                Map.of(
                        "iss",
                        application.provider.issuer(),
                        "aud",
                        Application.CLIENT,
                        "iat",
                        now,
                        "exp",
                        now + 120,
                        "jti",
                        jti,
                        "sub",
                        "alice",
                        "events",
                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
        return PlainRequest.post("/oidc/backchannel-logout", new Form(Map.of("logout_token", token)).encode());
    }
}
