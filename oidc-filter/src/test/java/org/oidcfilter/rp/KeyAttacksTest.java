// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.SigningKey;

/** Group JK of docs/attacks.md: the provider's keys are withheld, drowned, replaced or mixed up. */
@Timeout(120)
class KeyAttacksTest {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    private DevelopmentProvider provider() {
        return attack.application.provider;
    }

    private int fetches() {
        return provider().requests("/jwks").size();
    }

    private void logsIn() throws Exception {
        attack.completes(attack.callback());
    }

    /** Somebody else, who is not logged in yet. */
    private int loginOfSomebodyElse() throws Exception {
        return attack.application.browser().logIn("/page").status();
    }

    private void publish(Reply reply) {
        provider().answer(Endpoint.JWKS, (request, honest) -> reply);
    }

    /** Changes each key of the set. */
    private void publishEach(Consumer<Map<String, Object>> change) {
        provider().answer(Endpoint.JWKS, (request, honest) -> honest.get()
                .editJson(set -> keys(set).forEach(change)));
    }

    @SuppressWarnings("unchecked") // that is what the set is made of
    private static List<Map<String, Object>> keys(Map<String, Object> set) {
        return (List<Map<String, Object>>) Objects.requireNonNull(set.get("keys"));
    }

    private static Map<String, Object> named(Map<String, Object> set, String algorithm) {
        return keys(set).stream()
                .filter(key -> algorithm.equals(key.get("alg")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("JK-01")
    void aThousandMadeUpKeyIdsCauseAHandfulOfFetches() throws Exception {
        assertEquals(302, loginOfSomebodyElse());
        provider().idTokens((header, claims) -> header.put("kid", "made-up-" + claims.get("nonce")));
        for (int i = 0; i < 1000; i++) {
            assertEquals(400, loginOfSomebodyElse());
            attack.application.clock.advance(Duration.ofMillis(10));
        }
        assertEquals(6, fetches(), "the first fetch and the budget of five");
        attack.refuses(Reason.TOKEN_KEY_UNKNOWN, attack.callback());
        provider().honest();
        logsIn();
        assertEquals(6, fetches(), "a known key needs no fetch");
    }

    @Test
    @Tag("JK-02")
    void picksUpARotationAtOnceWithOneFetchHoweverSoonItComes() throws Exception {
        assertEquals(302, loginOfSomebodyElse());
        assertEquals(1, fetches());
        provider().rotateKeys(); // in the very second of the first fetch
        assertEquals(302, loginOfSomebodyElse());
        assertEquals(2, fetches());
        provider().rotateKeys();
        provider().withdrawOldKeys(); // and the key that we know is gone
        assertEquals(302, loginOfSomebodyElse());
        assertEquals(3, fetches());
        logsIn();
        assertEquals(3, fetches());
    }

    @Test
    @Tag("JK-03")
    void forgetsAKeyThatTheProviderNoLongerPublishes() throws Exception {
        assertEquals(302, loginOfSomebodyElse());
        provider().answer(Endpoint.JWKS, (request, honest) -> honest.get()
                .editJson(set -> keys(set).remove(named(set, "RS256"))));
        attack.application.clock.advance(LIFETIME.minusSeconds(1));
        assertEquals(302, loginOfSomebodyElse(), "the set is fresh still");
        attack.application.clock.advance(Duration.ofSeconds(1));
        attack.refuses(Reason.TOKEN_KEY_UNKNOWN, attack.callback());
    }

    @ParameterizedTest
    @CsvSource({
        "use, enc",
        "use, tls",
        "use, SIG",
        "alg, RS512",
        "alg, RSA-OAEP-256",
        "alg, none",
        "kid, other",
        "kty, oct"
    })
    @Tag("JK-04")
    void neverVerifiesWithAKeyForSomethingElse(String member, String value) throws Exception {
        attack.refusesLogin(Reason.TOKEN_KEY_UNKNOWN, () -> publishEach(key -> key.put(member, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypt", "wrapKey", "sign", "VERIFY"})
    @Tag("JK-04")
    void neverVerifiesWithAKeyWhoseOperationsLackVerify(String operation) throws Exception {
        attack.refusesLogin(Reason.TOKEN_KEY_UNKNOWN, () -> publishEach(key -> key.put("key_ops", List.of(operation))));
    }

    @Test
    @Tag("JK-05")
    void aTokenWithoutKidIsGoodIfOneKeyFits() throws Exception {
        provider().idTokens((header, claims) -> header.remove("kid"));
        assertEquals(302, loginOfSomebodyElse(), "one of ten keys is for RS256");
        publishEach(key -> key.remove("kid"));
        attack.application.clock.advance(LIFETIME);
        logsIn();
    }

    @Test
    @Tag("JK-05")
    void aTokenWithoutKidIsRefusedIfSeveralKeysFit() throws Exception {
        attack.refusesLogin(Reason.TOKEN_KEY_UNKNOWN, () -> {
            publishEach(key -> key.remove("alg"));
            provider().idTokens((header, claims) -> header.remove("kid"));
        });
        assertTrue(attack.logged(Reason.TOKEN_KEY_UNKNOWN).contains("keys for RS256 (the token has no kid)"));
    }

    @Test
    @Tag("JK-05")
    void aTokenWithKidIsNotVerifiedWithAKeyWithoutOne() throws Exception {
        attack.refusesLogin(Reason.TOKEN_KEY_UNKNOWN, () -> publishEach(key -> key.remove("kid")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("JK-06")
    void choosesByKindAmongKeysOfOneKid(boolean reversed) throws Exception {
        provider().answer(Endpoint.JWKS, (request, honest) -> honest.get().editJson(set -> {
            var shared = new ArrayList<>(List.of(named(set, "RS256"), named(set, "ES256"), named(set, "EdDSA")));
            shared.forEach(key -> {
                key.put("kid", "shared");
                key.remove("alg");
            });
            if (reversed) {
                Collections.reverse(shared);
            }
            set.put("keys", shared);
        }));
        provider().idTokens((header, claims) -> {
            header.put("kid", "shared");
            claims.remove("at_hash"); // of another length
        });
        for (var algorithm : List.of("RS256", "ES256", "EdDSA")) {
            provider().signWith(algorithm);
            assertEquals(302, loginOfSomebodyElse(), algorithm);
        }
        logsIn();
    }

    @Test
    @Tag("JK-07")
    void oddKeysDoNotTakeTheGoodOneAway() throws Exception {
        var odd = List.of(
                "null",
                "7",
                "\"text\"",
                "[]",
                "{}",
                "{\"kty\":\"XYZ\",\"kid\":\"KID\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-999\",\"x\":\"AA\",\"y\":\"AA\",\"kid\":\"KID\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"kid\":\"KID\"}",
                "{\"kty\":\"RSA\",\"kid\":\"KID\"}",
                "{\"n\":\"AQAB\",\"e\":\"AQAB\",\"kid\":\"KID\"}",
                "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"KID\"}",
                "{\"kty\":7,\"kid\":\"KID\"}");
        provider().answer(Endpoint.JWKS, (request, honest) -> {
            var set = honest.get().text();
            var kid = set.replaceAll("(?s).*\"kid\":\"(RS256-[^\"]+)\".*", "$1");
            var start = "\"keys\":[";
            var more = String.join(",", odd).replace("KID", kid);
            return Reply.json(200, set.replace(start, start + more + ","));
        });
        logsIn();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("JK-08")
    void givesUpOnAHugeSetAndKeepsTheOldOne(boolean manyKeys) throws Exception {
        assertEquals(302, loginOfSomebodyElse());
        var huge = manyKeys
                ? "{\"keys\":[" + "{\"kty\":\"EC\",\"kid\":\"k\"},".repeat(50_000) + "{}]}"
                : "{\"keys\":[],\"a\":\"" + "x".repeat(10_000_000) + "\"}";
        publish(Reply.json(200, huge));
        attack.application.clock.advance(LIFETIME);
        assertEquals(302, loginOfSomebodyElse());
        assertEquals(2, fetches());
        var cold = new PlainBrowser(attack.application.freshlyStarted()).logIn("/page");
        assertEquals(503, cold.status());
        assertTrue(cold.body().contains(Reason.PROVIDER_UNREACHABLE.code()));
        assertTrue(attack.log.lines().stream().anyMatch(line -> line.contains("more than 524288 bytes")));
    }

    @Test
    @Tag("JK-09")
    void givesUpOnASetThatDrips() throws Exception {
        try (var impatient = LoginAttack.with(Map.of("oidc.provider-timeout", "1s"))) {
            long start = System.nanoTime();
            impatient.unavailableLogin(
                    Reason.PROVIDER_UNREACHABLE,
                    () -> impatient.application.provider.answer(
                            Endpoint.JWKS, (request, honest) -> honest.get().dripping(Duration.ofSeconds(1))));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20), "the whole would take an hour");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, SINK",
        "302, SINK",
        "303, SINK",
        "307, SINK",
        "308, SINK",
        "302, http://169.254.169.254/",
        "302, file:///etc/passwd",
        "302, /elsewhere"
    })
    @Tag("JK-10")
    void followsNoRedirectToKeys(int status, String location) throws Exception {
        try (var sink = RawServer.sink()) {
            var target = location.replace("SINK", sink.uri("/keys").toString());
            attack.unavailableLogin(
                    Reason.PROVIDER_STATUS, () -> publish(Reply.redirect(target).status(status)));
            assertEquals(List.of(), sink.requests());
            assertEquals(0, provider().requests("/elsewhere").size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.1/jwks, METADATA_INSECURE_ENDPOINT",
        "file:///etc/passwd, METADATA_INVALID",
        "ftp://127.0.0.1/jwks, METADATA_INVALID",
        "jar:file:///tmp/a.jar!/jwks, METADATA_INVALID",
        "data:application/json;base64;e30, METADATA_INVALID",
        "//127.0.0.1/jwks, METADATA_INVALID",
        "http://127.0.0.1.nip.test/jwks, METADATA_INSECURE_ENDPOINT"
    })
    @Tag("JK-11")
    void refusesAnAddressOfKeysThatIsNotHttps(String address, Reason reason) throws Exception {
        provider().answer(Endpoint.DISCOVERY, (request, honest) -> honest.get()
                .editJson(document -> document.put("jwks_uri", address)));
        attack.unavailable(reason, PlainRequest.get("/page"));
        assertEquals(1, attack.application.calls.get(), "discovery only");
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html></html>, PROVIDER_MEDIA_TYPE",
        "200, text/plain, '{\"keys\":[]}', PROVIDER_MEDIA_TYPE",
        "200, application/json, <html></html>, PROVIDER_JSON",
        "200, application/json, '', PROVIDER_JSON",
        "204, application/json, '', PROVIDER_STATUS",
        "206, application/json, '{\"keys\":[]}', PROVIDER_STATUS",
        "304, application/json, '', PROVIDER_STATUS"
    })
    @Tag("JK-12")
    void takesAnAnswerThatIsNoSetForAFailureAndKeepsTheOldOne(int status, String type, String body, Reason reason)
            throws Exception {
        assertEquals(302, loginOfSomebodyElse());
        publish(Reply.text(status, body).header("Content-Type", type));
        attack.application.clock.advance(LIFETIME);
        logsIn();
        assertEquals(2, fetches());
        var cold = new PlainBrowser(attack.application.freshlyStarted()).logIn("/page");
        assertEquals(503, cold.status());
        assertTrue(cold.body().contains(reason.code()), cold.body());
    }

    @Test
    @Tag("JK-13")
    void warnsOfAPublishedPrivateKeyAndDoesNotUseIt() throws Exception {
        publishEach(key -> key.put("d", "the-private-half"));
        attack.keepSecret("the-private-half");
        attack.refuses(Reason.TOKEN_KEY_UNKNOWN, attack.callback());
        var warnings = attack.log.lines().stream()
                .filter(line -> line.contains("publishes a private key"))
                .toList();
        assertFalse(warnings.isEmpty());
    }

    /** Both providers have a key of the same kid; each signs with its own. */
    @Test
    @Tag("JK-14")
    void theKeysOfOneProviderSayNothingAboutAnother() throws Exception {
        try (var other = Application.standard()) {
            assertEquals(302, other.browser().logIn("/page").status());
            assertEquals(302, loginOfSomebodyElse());
            attack.refusesLogin(Reason.TOKEN_SIGNATURE, () -> provider()
                    .tokens(token -> other.provider.sign(part(token, 0), part(token, 1))));
            attack.refusesLogin(Reason.TOKEN_KEY_UNKNOWN, () -> provider()
                    .tokens(token -> other.provider.sign(Map.of(), part(token, 1))));
            assertEquals(1, other.provider.requests("/jwks").size());
        }
    }

    /** Header or claims of a token. */
    private static Map<String, Object> part(String token, int index) {
        var json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
        return Json.parse(new String(json, StandardCharsets.UTF_8));
    }

    @Test
    @Tag("DS-10")
    void loginsWithAKnownKeyDoNotWaitForTheSearchForAnUnknownOne() throws Exception {
        assertEquals(302, loginOfSomebodyElse());
        var searching = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        provider().answer(Endpoint.JWKS, (request, honest) -> {
            searching.countDown();
            assertTrue(released.await(20, TimeUnit.SECONDS));
            return honest.get();
        });
        provider().idTokens((header, claims) -> header.put("kid", "unknown"));
        var thread = Executors.newSingleThreadExecutor();
        try {
            var search = thread.submit(this::loginOfSomebodyElse);
            assertTrue(searching.await(20, TimeUnit.SECONDS));
            provider().idTokens(null);
            logsIn();
            assertFalse(search.isDone());
            released.countDown();
            assertEquals(400, search.get(20, TimeUnit.SECONDS));
        } finally {
            released.countDown();
            thread.shutdownNow();
        }
        assertEquals(2, fetches());
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2047})
    void aWeakKeyVerifiesNothing(int bits) throws Exception {
        var weak = SigningKey.rsa("weak", bits);
        attack.refusesLogin(Reason.TOKEN_KEY_UNKNOWN, () -> {
            publish(Reply.json(200, Map.of("keys", List.of(weak.jwk()))));
            provider().tokens(token -> {
                var claims = Json.write(part(token, 1));
                return weak.sign("{\"alg\":\"RS256\",\"kid\":\"weak\"}", claims, "RS256");
            });
        });
    }
}
