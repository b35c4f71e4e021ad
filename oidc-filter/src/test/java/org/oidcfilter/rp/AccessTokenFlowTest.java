// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.AccessTokenException;
import org.oidcfilter.Caller;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** What an application does with the caller's access token. */
class AccessTokenFlowTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final HttpServer api = server();
    private final String origin = "http://127.0.0.1:" + api.getAddress().getPort();
    private final Application application =
            Application.with(Map.of("oidc.scope", "openid offline_access", "oidc.api-origins", origin));
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
        application.provider.forgetRequests();
    }

    @AfterEach
    void close() {
        application.close();
        api.stop(0);
    }

    @Test
    @Tag("RF-11")
    void isFreshWheneverItIsAskedFor() throws Exception {
        var caller = caller();
        var first = caller.accessToken();
        assertEquals(first, caller.accessToken());
        assertEquals(0, application.provider.requests("/token").size());
        application.clock.advance(Duration.ofMinutes(5));
        var second = caller.accessToken();
        assertNotEquals(first, second);
        assertEquals(
                second,
                browser.session.stored.orElseThrow().tokens().accessToken().orElseThrow());
        assertEquals(second, caller().accessToken());
        assertEquals(1, application.provider.requests("/token").size());
    }

    @Test
    void isNotHandedOutOnceTheSessionHasEnded() throws Exception {
        var caller = caller();
        browser.reply(PlainRequest.get("/oidc/logout?scope=here").header("Sec-Fetch-Site", "same-origin"));
        assertReason(Reason.SESSION_OVER, caller);
    }

    @Test
    @Tag("RF-10")
    void isNotThatOfWhoLoggedInAfterwards() throws Exception {
        var alice = caller();
        application.loginAs("bob");
        application.clock.advance(Duration.ofSeconds(1));
        browser.logIn("/oidc/login?return_to=/app/page");
        assertEquals("bob", caller().subject());
        assertReason(Reason.SESSION_OVER, alice);
    }

    @Test
    void isNotHandedOutExpired() throws Exception {
        var caller = caller();
        application.provider.answer(Endpoint.TOKEN, (request, honest) -> Reply.json(500, Map.of()));
        application.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        caller.accessToken();
        application.clock.advance(Duration.ofSeconds(1));
        assertReason(Reason.ACCESS_TOKEN_UNAVAILABLE, caller);
        assertEquals("alice", caller().subject(), "the session goes on");
        application.provider.honest();
        application.clock.advance(Duration.ofSeconds(11));
        caller.accessToken();
    }

    /** Tokens of a second are used to their end, which may come between any two looks at the clock. */
    @Test
    void isNotHandedOutExpiredHoweverTheClockMovesMeanwhile() throws Exception {
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.put("expires_in", 1)));
        for (int millisBefore = 0; millisBefore < 15; millisBefore++) {
            browser.logIn("/oidc/login?return_to=/app/page");
            var caller = caller();
            caller.accessToken();
            application.clock.advance(Duration.ofSeconds(1).minusMillis(millisBefore));
            application.clock.tick(Duration.ofMillis(1));
            var offset = millisBefore;
            assertDoesNotThrow(caller::accessToken, () -> "asked for " + offset + " ms before the end");
            application.clock.tick(Duration.ZERO);
        }
    }

    @Test
    void isSentToServicesThatTheOperatorNames() throws Exception {
        var answer = caller().send(
                        HttpRequest.newBuilder(URI.create(origin + "/orders")).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertEquals(List.of("/orders Bearer " + caller().accessToken().reveal()), seen);
    }

    @Test
    @Tag("RD-07")
    void isSentNowhereElse() throws Exception {
        for (var address : List.of(
                "http://127.0.0.1:1/orders",
                "https://127.0.0.1:" + api.getAddress().getPort() + "/orders",
                "http://localhost:" + api.getAddress().getPort() + "/orders",
                origin.replace("//", "//user@") + "/orders",
                origin.replace("127.0.0.1", "127.0.0.1.evil.example") + "/orders",
                origin.replace("127.0.0.1:", "evil.example/127.0.0.1:"))) {
            var request = HttpRequest.newBuilder(URI.create(address)).build();
            var refusal = assertThrows(
                    IllegalArgumentException.class, () -> caller().send(request, BodyHandlers.discarding()), address);
            assertTrue(String.valueOf(refusal.getMessage()).contains("oidc.api-origins"), refusal.getMessage());
        }
        var own = HttpRequest.newBuilder(URI.create(origin))
                .header("Authorization", "Basic x")
                .build();
        assertThrows(IllegalArgumentException.class, () -> caller().send(own, BodyHandlers.discarding()));
        assertEquals(List.of(), seen);
    }

    @Test
    void followsNoRedirect() throws Exception {
        var answer = caller().send(
                        HttpRequest.newBuilder(URI.create(origin + "/moved")).build(), BodyHandlers.discarding());
        assertEquals(302, answer.statusCode());
        assertEquals(1, seen.size());
    }

    private Caller caller() throws Exception {
        return browser.proceed(PlainRequest.get("/page")).caller().orElseThrow();
    }

    private static void assertReason(Reason reason, Caller caller) {
        assertEquals(
                reason,
                assertThrows(AccessTokenException.class, caller::accessToken).reason());
    }

    private HttpServer server() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var path = exchange.getRequestURI().getPath();
                seen.add(path + " "
                        + Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                                .orElse(""));
                exchange.getResponseHeaders().set("Location", "/orders");
                exchange.sendResponseHeaders(path.equals("/moved") ? 302 : 200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
