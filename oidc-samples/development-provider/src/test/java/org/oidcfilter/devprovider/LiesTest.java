// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.answer;
import static org.oidcfilter.devprovider.RelyingParty.header;
import static org.oidcfilter.devprovider.RelyingParty.json;
import static org.oidcfilter.devprovider.RelyingParty.tokenRequest;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiesTest {
    private final DevelopmentProvider op =
            DevelopmentProvider.builder().client(SHOP).user(User.named("alice")).start();
    private final RelyingParty rp = new RelyingParty(op);
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void logInWithoutPage() {
        op.loginAs("alice");
    }

    @AfterEach
    void close() {
        op.close();
    }

    @Test
    void idTokenIsChangedBeforeItIsSigned() throws Exception {
        op.idTokens((header, claims) -> {
            header.put("kid", "invented");
            claims.put("aud", "somebody-else");
            claims.remove("nonce");
        });
        Map<String, Object> tokens = rp.logIn();
        assertEquals("invented", header(String.valueOf(tokens.get("id_token"))).get("kid"));
        Map<String, Object> claims = RelyingParty.payload(String.valueOf(tokens.get("id_token")));
        assertEquals("somebody-else", claims.get("aud"));
        assertFalse(claims.containsKey("nonce"));
        op.idTokens(null);
        assertEquals("shop", rp.idTokenClaims().get("aud"));
    }

    @Test
    void finishedIdTokenIsReplaced() throws Exception {
        op.tokens(honest -> honest + "x");
        assertTrue(String.valueOf(rp.logIn().get("id_token")).endsWith("x"));
        op.tokens(null);
        assertEquals("shop", rp.idTokenClaims().get("aud"));
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void everyEndpointCanBeProgrammed(Endpoint endpoint) throws Exception {
        op.answer(endpoint, (request, honest) -> Reply.text(418, request.path()));
        HttpResponse<String> response = rp.get(endpoint.path(), Map.of());
        assertEquals(418, response.statusCode());
        assertEquals(endpoint.path(), response.body());
    }

    @Test
    void anAnswerCanEditTheHonestOne() throws Exception {
        op.answer(Endpoint.DISCOVERY, (request, honest) -> honest.get()
                .editJson(metadata -> metadata.put("issuer", "http://localhost:1"))
                .header("Cache-Control", "max-age=60"));
        HttpResponse<String> response = rp.get("/.well-known/openid-configuration", Map.of());
        assertEquals("http://localhost:1", json(response.body()).get("issuer"));
        assertEquals(op.issuer() + "/jwks", json(response.body()).get("jwks_uri"));
        assertEquals(
                "max-age=60", response.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void anAnswerCanEditDeepInsideTheHonestOne() throws Exception {
        op.answer(Endpoint.JWKS, (request, honest) -> honest.get().editJson(jwks -> {
            var keys = (List<?>) jwks.getOrDefault("keys", List.of());
            keys.removeIf(key -> !String.valueOf(key).contains("ES256"));
        }));
        assertEquals(
                1,
                new JsonWebKeySet(rp.get("/jwks", Map.of()).body())
                        .getJsonWebKeys()
                        .size());
    }

    @Test
    void honestEndsAllLies() throws Exception {
        op.idTokens((header, claims) -> claims.remove("sub"));
        op.tokens(honest -> "replaced");
        op.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(500, "{}"));
        op.honest();
        assertEquals("alice", rp.idTokenClaims().get("sub"));
    }

    @Test
    void anAnswerCanWaitWhileOthersAreAnswered() throws Exception {
        var asked = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        op.answer(Endpoint.TOKEN, (request, honest) -> {
            asked.countDown();
            release.await();
            return honest.get();
        });
        var slow = http.sendAsync(
                rp.request("/token")
                        .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertTrue(asked.await(10, TimeUnit.SECONDS), "the token endpoint was asked");
        assertEquals(200, rp.get("/jwks", Map.of()).statusCode());
        assertFalse(slow.isDone(), "still waiting");
        release.countDown();
        assertEquals(401, slow.get(10, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void anAnswerCanWaitAfterItsEffectWhileOthersAreAnswered() throws Exception {
        var done = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        op.answer(Endpoint.TOKEN, (request, honest) -> {
            Reply reply = honest.get();
            done.countDown();
            release.await();
            return reply;
        });
        var form = tokenRequest(rp.code());
        var first = CompletableFuture.supplyAsync(() -> token(form));
        assertTrue(done.await(10, TimeUnit.SECONDS), "the code was redeemed");
        op.answer(Endpoint.TOKEN, (request, honest) -> honest.get());
        assertEquals(400, token(form), "the code is used up");
        assertFalse(first.isDone(), "still waiting");
        release.countDown();
        assertEquals(200, first.get(10, TimeUnit.SECONDS));
    }

    private int token(Map<String, String> form) {
        try {
            return rp.post("/token", form).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingInterruptsAnAnswerThatWaits() throws Exception {
        var asked = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        op.answer(Endpoint.JWKS, (request, honest) -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Reply.hangUp();
        });
        var waiting = http.sendAsync(rp.request("/jwks").build(), BodyHandlers.ofString());
        assertTrue(asked.await(10, TimeUnit.SECONDS));
        op.close();
        assertTrue(interrupted.await(10, TimeUnit.SECONDS), "the answer was interrupted");
        assertThrows(ExecutionException.class, () -> waiting.get(10, TimeUnit.SECONDS));
    }

    @Test
    void anAnswerCanHangUp() {
        op.answer(Endpoint.TOKEN, (request, honest) -> Reply.hangUp());
        assertThrows(IOException.class, () -> rp.post("/token", tokenRequest("any")));
    }

    @Test
    void anAnswerThatThrowsHangsUp() {
        op.answer(Endpoint.TOKEN, (request, honest) -> {
            throw new IOException("on purpose");
        });
        assertThrows(IOException.class, () -> rp.post("/token", tokenRequest("any")));
    }

    @Test
    void anAnswerCanBeCutShort() {
        op.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(200, "{\"a\":1}")
                .cutShort());
        assertThrows(IOException.class, () -> rp.post("/token", tokenRequest("any")));
    }

    @Test
    void anAnswerCanDripWithoutEnd() throws Exception {
        op.answer(Endpoint.JWKS, (request, honest) -> honest.get().dripping(Duration.ofHours(1)));
        HttpResponse<java.io.InputStream> response = http.sendAsync(
                        rp.request("/jwks").build(), BodyHandlers.ofInputStream())
                .get(10, TimeUnit.SECONDS);
        try (var body = response.body()) {
            assertEquals('{', body.read(), "the first byte comes at once");
        }
    }

    @Test
    void anAnswerCanBeOversizedOrARedirect() throws Exception {
        op.answer(Endpoint.JWKS, (request, honest) -> honest.get().body(new byte[5_000_000]));
        assertEquals(5_000_000, rp.get("/jwks", Map.of()).body().length());
        op.answer(Endpoint.JWKS, (request, honest) -> Reply.redirect("http://localhost:1/?elsewhere=yes"));
        assertEquals("yes", answer(rp.get("/jwks", Map.of())).get("elsewhere"));
    }

    @Test
    void editingABodyThatIsNoJsonIsAnErrorOfTheTest() {
        assertThrows(IllegalStateException.class, () -> Reply.text(200, "text").editJson(json -> {}));
    }

    @Test
    void recordsWhatWasAsked() throws Exception {
        rp.logIn();
        assertEquals(2, op.requests().size());
        Request authorize = op.requests().get(0);
        assertEquals("GET", authorize.method());
        assertEquals("state & more", authorize.query("state").orElseThrow());
        Request token = op.requests("/token").get(0);
        assertEquals(RelyingParty.VERIFIER, token.form("code_verifier").orElseThrow());
        assertEquals(
                "application/x-www-form-urlencoded",
                token.header("content-type").orElseThrow());
        assertEquals("POST /token", token.toString());
        op.forgetRequests();
        assertTrue(op.requests().isEmpty());
    }
}
