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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
        var subject = form.containsKey("code") ? form.get("code") : subject(form.get("refresh_token"));
        var parts = subject.split("~", -1);
        var nonce = form.containsKey("code") ? parts[1] : "";
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", issued("at", parts[0], sizes.accessToken()));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", expiresIn);
        answer.put("refresh_token", issued("rt", parts[0], sizes.refreshToken()));
        answer.put("id_token", idToken(parts[0], nonce));
        answer(exchange, tokenCalls, JsonUtil.toJson(answer));
    }

    private String idToken(String subject, String nonce) {
        var claims = claims(subject);
        claims.put("aud", CLIENT);
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        return filled(claims, sizes.idToken());
    }

    /** What all tokens say, as those of Keycloak do. */
    private Map<String, Object> claims(String subject) {
        var now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("exp", now + 36_000);
        claims.put("iat", now);
        claims.put("auth_time", now);
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("sid", sid(subject));
        claims.put("preferred_username", "alice");
        claims.put("roles", List.of("user", "clerk"));
        return claims;
    }

    private String issued(String kind, String subject, int size) {
        if (!sizes.readable().contains(kind)) {
            return random(subject + "~", size);
        }
        var claims = claims(subject);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("typ", kind);
        claims.put("scope", "openid profile email");
        return filled(claims, size);
    }

    private static String subject(String refreshToken) {
        if (refreshToken.indexOf('.') < 0) {
            return refreshToken;
        }
        var payload = Base64.getUrlDecoder().decode(refreshToken.split("\\.")[1]);
        try {
            return JsonUtil.parseJson(new String(payload, StandardCharsets.UTF_8))
                    .get("sub")
                    .toString();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of about this size, which names as many groups as that takes: 32 characters each. */
    private String filled(Map<String, Object> claims, int size) {
        var groups = Math.max(0, size - signed("JWT", claims).length() - 16) / 32;
        claims.put(
                "groups",
                IntStream.range(0, groups)
                        .mapToObj(group -> "/shop/%04x-department".formatted(group * 2_654_435_761L >>> 8 & 0xffff))
                        .toList());
        return signed("JWT", claims);
    }

    static String sid(String subject) {
        return UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Text that nobody can read. */
    private static String random(String prefix, int size) {
        var bytes = new byte[size];
        ThreadLocalRandom.current().nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return prefix + text.substring(0, Math.max(0, size - prefix.length()));
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
