// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.provider.ProviderFixture.assertFails;
import static org.oidcfilter.token.SampleToken.KEY;

import java.io.IOException;
import java.net.URI;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.HttpSender;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.Jwks;
import org.oidcfilter.token.SigningKey;

@Timeout(30)
class JwksKeysTest {
    private static final SigningKey NEXT = SigningKey.rsa("k2", 2048);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ProviderFixture op = new ProviderFixture();
    private final Provider provider = op.provider();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private void publish(SigningKey... published) {
        var jwks = List.of(published).stream().map(SigningKey::jwk).toList();
        op.sender.answer("/jwks", 200, "application/jwk-set+json", Json.write(Map.of("keys", jwks)));
    }

    private List<? extends Key> find(String kid) {
        return provider.converse().keys().find("RS256", Optional.of(kid));
    }

    private static List<PublicKey> publicHalf(SigningKey key) {
        return List.of(key.pair().getPublic());
    }

    @Test
    void fetchesTheKeysOnce() {
        assertEquals(publicHalf(KEY), find("k1"));
        assertEquals(publicHalf(KEY), find("k1"));
        assertEquals(1, op.sender.count("/jwks"));
    }

    @Test
    void fetchesAgainWhenTheProviderHasRotatedItsKeys() {
        find("k1");
        publish(KEY, NEXT);
        assertEquals(publicHalf(NEXT), find("k2"));
        assertEquals(publicHalf(KEY), find("k1"));
        assertEquals(2, op.sender.count("/jwks"));
    }

    @Test
    void fetchesAgainForATokenWithoutKidThatNoKeyFits() {
        find("k1");
        publish(SigningKey.ec("e1", "secp256r1"));
        assertEquals(
                1, provider.converse().keys().find("ES256", Optional.empty()).size());
    }

    @Test
    void cannotBeMadeToHammerTheProvider() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(List.of(), find("made-up-" + i));
        }
        assertEquals(6, op.sender.count("/jwks"), "the first fetch and the budget of five");
        op.clock.advance(Duration.ofSeconds(30));
        find("made-up");
        find("made-up");
        assertEquals(7, op.sender.count("/jwks"));
        assertEquals(publicHalf(KEY), find("k1"));
    }

    /** Over one set: tokens that we fetched ourselves, and tokens that anybody may send. */
    @Test
    void aBudgetThatIsUsedUpLeavesTheOtherUntouched() {
        var jwks = new Cached<>("keys", this::fetched, threads, op.clock);
        var ours = new JwksKeys(jwks, new RefetchBudget(op.clock), 50).within(Deadline.in(ProviderFixture.TIMEOUT));
        var strangers =
                new JwksKeys(jwks, new RefetchBudget(op.clock), 50).within(Deadline.in(ProviderFixture.TIMEOUT));
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(), strangers.find("RS256", Optional.of("made-up-" + i)));
        }
        assertEquals(6, op.sender.count("/jwks"));
        publish(NEXT);
        assertEquals(List.of(), strangers.find("RS256", Optional.of("k2")), "the strangers' budget is used up");
        assertEquals(publicHalf(NEXT), ours.find("RS256", Optional.of("k2")));
        assertEquals(7, op.sender.count("/jwks"));
        assertEquals(publicHalf(NEXT), strangers.find("RS256", Optional.of("k2")), "what one finds, both have");
    }

    private Cached.Fetched<Jwks> fetched() {
        var exchange = new Exchange(op.sender);
        var uri = URI.create("https://op.test/jwks");
        var types = Set.of("application/json", "application/jwk-set+json");
        var response = exchange.document(uri, types, Deadline.in(ProviderFixture.TIMEOUT));
        return new Cached.Fetched<>(Jwks.parse(response.body()), Exchange.lifetime(response));
    }

    @Test
    void forgetsAKeyThatWasWithdrawn() {
        find("k1");
        publish(NEXT);
        assertEquals(publicHalf(KEY), find("k1"));
        op.clock.advance(Duration.ofHours(1));
        assertEquals(List.of(), find("k1"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html>",
        "200, application/json, '{\"keys\":[],\"keys\":[]}'",
        "200, application/json, '{}'",
        "302, application/json, '{\"keys\":[]}'",
        "304, application/json, ''",
        "503, application/json, '{\"keys\":[]}'"
    })
    void keepsTheKeysWhenTheAnswerIsBad(int status, String contentType, String body) {
        find("k1");
        op.sender.answer("/jwks", status, contentType, body);
        op.clock.advance(Duration.ofHours(1));
        assertEquals(publicHalf(KEY), find("k1"));
        assertEquals(2, op.sender.count("/jwks"));
    }

    @Test
    void saysWhenThereAreNoKeysAtAll() {
        op.sender.on("/jwks", request -> {
            throw new IOException("connection refused");
        });
        assertFails(ProviderUnavailableException.class, Reason.PROVIDER_UNREACHABLE, () -> find("k1"));
    }

    @Test
    void servesKnownKeysWhileAnUnknownOneIsLookedFor() throws Exception {
        find("k1");
        var started = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        op.sender.on("/jwks", request -> {
            started.countDown();
            await(released);
            return new HttpSender.Response(200, Map.of("Content-Type", "application/json"), "{\"keys\":[]}");
        });
        var thread = Executors.newSingleThreadExecutor();
        try {
            var unknown = thread.submit(() -> find("k2"));
            await(started);
            assertEquals(publicHalf(KEY), find("k1"));
            released.countDown();
            assertEquals(List.of(), unknown.get(10, TimeUnit.SECONDS));
        } finally {
            released.countDown();
            thread.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
