// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
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

    private final HttpServer http;
    private final String issuer;
    private final Sizes sizes;
    private volatile List<PublicJsonWebKey> keys;
    volatile boolean failing;
    volatile int expiresIn = 3600;

    /**
     * How long tokens are, in characters; zero for none.
     */
    record Sizes(int idToken, int accessToken, int refreshToken) {
        static final Sizes OPAQUE = new Sizes(840, 40, 40);
        static final Sizes KEYCLOAK = new Sizes(1100, 1300, 800);
        static final Sizes ENTRA = new Sizes(1600, 2200, 1200);
    }

    static TokenIssuer start(Sizes sizes) {
        return new Threads("provider").start(() -> new TokenIssuer(sizes));
    }

    private TokenIssuer(Sizes sizes) throws IOException, JoseException {
        this.sizes = sizes;
        keys = List.of(newKey());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://localhost:" + http.getAddress().getPort();
        http.setExecutor(Executors.newFixedThreadPool(8, work -> {
            var thread = new Thread(work, "provider");
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, otherCalls, metadata()));
        http.createContext("/jwks", exchange -> answer(exchange, jwksCalls, jwks()));
        http.createContext("/token", this::token);
        http.start();
    }

    String issuer() {
        return issuer;
    }

    static String code(String subject, String nonce) {
        return subject + "~" + nonce;
    }

    /** Signs with a new key; the old one stays published. */
    void rotate() {
        try {
            var next = new ArrayList<PublicJsonWebKey>();
            next.add(newKey());
            next.add(keys.get(0));
            keys = List.copyOf(next);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    void forgetCalls() {
        tokenCalls.set(0);
        jwksCalls.set(0);
        otherCalls.set(0);
    }

    PublicJsonWebKey key() {
        return keys.get(0);
    }

    String logoutToken(String subject, String sid) {
        var now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", CLIENT);
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", subject);
        claims.put("sid", sid);
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return signed("logout+jwt", claims);
    }

    private static PublicJsonWebKey newKey() throws JoseException {
        var key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(UUID.randomUUID().toString());
        key.setUse("sig");
        key.setAlgorithm("RS256");
        return key;
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var subject = form.containsKey("code") ? form.get("code") : form.get("refresh_token");
        var parts = subject.split("~", -1);
        var nonce = form.containsKey("code") ? parts[1] : "";
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", sized("at", sizes.accessToken()));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", expiresIn);
        answer.put("refresh_token", sized(parts[0] + "~", sizes.refreshToken()));
        answer.put("id_token", idToken(parts[0], nonce));
        answer(exchange, tokenCalls, JsonUtil.toJson(answer));
    }

    private String idToken(String subject, String nonce) {
        var now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("exp", now + 36_000);
        claims.put("iat", now);
        claims.put("auth_time", now);
        claims.put("iss", issuer);
        claims.put("aud", CLIENT);
        claims.put("sub", subject);
        claims.put("sid", sid(subject));
        claims.put("preferred_username", "alice");
        claims.put("roles", List.of("user", "clerk"));
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        var bare = signed("JWT", claims).length();
        var filler = Math.max(0, sizes.idToken() - bare - 16) * 3 / 4;
        claims.put("filler", random(filler));
        return signed("JWT", claims);
    }

    static String sid(String subject) {
        return UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String sized(String prefix, int size) {
        return prefix + random(Math.max(0, size - prefix.length()));
    }

    /** Text that compresses as badly as base64url of a signature. */
    private static String random(int length) {
        var bytes = new byte[length * 3 / 4 + 3];
        java.util.concurrent.ThreadLocalRandom.current().nextBytes(bytes);
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes)
                .substring(0, length);
    }

    private String signed(String type, Map<String, Object> claims) {
        try {
            var key = keys.get(0);
            var jws = new JsonWebSignature();
            jws.setAlgorithmHeaderValue("RS256");
            jws.setHeader("typ", type);
            jws.setKeyIdHeaderValue(key.getKeyId());
            jws.setPayload(JsonUtil.toJson(claims));
            jws.setKey(key.getPrivateKey());
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
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

    private String jwks() {
        return JsonUtil.toJson(Map.of(
                "keys",
                keys.stream()
                        .map(key -> key.toParams(OutputControlLevel.PUBLIC_ONLY))
                        .toList()));
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
