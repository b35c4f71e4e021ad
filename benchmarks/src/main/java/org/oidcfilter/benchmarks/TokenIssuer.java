// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * A provider that does as little as possible: tokens of a given size, and a count of the calls. A code says itself whom it is
 * for, so that a login needs no page of the provider. RS256.
 */
final class TokenIssuer implements AutoCloseable {
    static final String AUTHORIZE = "/authorize";
    static final String CLIENT = "shop";
    static final String SECRET = "a-client-secret-of-more-than-thirty-two-characters";

    final AtomicInteger tokenCalls = new AtomicInteger();
    final AtomicInteger jwksCalls = new AtomicInteger();
    final AtomicInteger otherCalls = new AtomicInteger();

    static {
        // The JDK's server sends head and body apart; without this the body waits 40 ms for the client's
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final String issuer;
    private final IssuedTokens tokens;
    volatile boolean failing;
    volatile int expiresIn = 3600;

    /**
     * How long tokens are, in characters, or nearly so.
     *
     * @param readable which of access and refresh token are JWTs
     */
    record Sizes(int idToken, int accessToken, int refreshToken, Set<String> readable) {
        static final Sizes OPAQUE = new Sizes(840, 40, 40, Set.of());
        static final Sizes KEYCLOAK = new Sizes(1100, 1300, 800, Set.of("at", "rt"));
        static final Sizes ENTRA = new Sizes(1600, 2200, 1200, Set.of("at"));
    }

    static TokenIssuer start(Sizes sizes) {
        return new Threads("provider").start(() -> new TokenIssuer(sizes));
    }

    private TokenIssuer(Sizes sizes) throws IOException, JoseException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://localhost:" + http.getAddress().getPort();
        tokens = new IssuedTokens(issuer, sizes);
        http.setExecutor(Executors.newFixedThreadPool(8, work -> {
            var thread = new Thread(work, "provider");
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, otherCalls, metadata()));
        http.createContext("/jwks", exchange -> answer(exchange, jwksCalls, tokens.jwks()));
        http.createContext("/token", this::token);
        http.start();
    }

    String issuer() {
        return issuer;
    }

    IssuedTokens tokens() {
        return tokens;
    }

    static String code(String subject, String nonce) {
        return subject + "~" + nonce;
    }

    void forgetCalls() {
        tokenCalls.set(0);
        jwksCalls.set(0);
        otherCalls.set(0);
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var subject = form.containsKey("code") ? form.get("code") : IssuedTokens.subject(form.get("refresh_token"));
        var parts = subject.split("~", -1);
        var nonce = form.containsKey("code") ? parts[1] : "";
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", tokens.accessToken(parts[0]));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", expiresIn);
        answer.put("refresh_token", tokens.refreshToken(parts[0]));
        answer.put("id_token", tokens.idToken(parts[0], nonce));
        answer(exchange, tokenCalls, JsonUtil.toJson(answer));
    }

    private void answer(HttpExchange exchange, AtomicInteger count, String json) throws IOException {
        count.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        var body = (failing ? "{}" : json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(failing ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String metadata() {
        return JsonUtil.toJson(Map.ofEntries(
                Map.entry("issuer", issuer),
                Map.entry("authorization_endpoint", issuer + AUTHORIZE),
                Map.entry("token_endpoint", issuer + "/token"),
                Map.entry("jwks_uri", issuer + "/jwks"),
                Map.entry("response_types_supported", List.of("code")),
                Map.entry("subject_types_supported", List.of("public")),
                Map.entry("code_challenge_methods_supported", List.of("S256")),
                Map.entry("token_endpoint_auth_methods_supported", List.of("client_secret_basic")),
                Map.entry("id_token_signing_alg_values_supported", List.of("RS256"))));
    }

    private static Map<String, String> form(String body) {
        var form = new LinkedHashMap<String, String>();
        for (var pair : body.split("&")) {
            var at = pair.indexOf('=');
            form.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
