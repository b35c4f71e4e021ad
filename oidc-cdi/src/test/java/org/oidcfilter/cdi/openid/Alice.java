// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.Claims;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.rp.CallerSession;

/** A caller whose tokens came at {@link #NOW} and are good for an hour. */
final class Alice implements CallerSession {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Map<String, Object> claims;
    private final OidcSession.Tokens tokens;
    private @Nullable Alice later = this;

    private Alice(Map<String, Object> claims, OidcSession.Tokens tokens) {
        this.claims = claims;
        this.tokens = tokens;
    }

    static Alice with(Map<String, Object> claims) {
        return with(claims, "opaque");
    }

    static Alice with(Map<String, Object> claims, String accessToken) {
        var end = NOW.plusSeconds(3600);
        return with(
                claims,
                new OidcSession.Tokens(
                        Secret.of(jwt(claims)),
                        Optional.empty(),
                        Optional.of(Secret.of(accessToken)),
                        Optional.of(Secret.of("refresh")),
                        new OidcSession.Validity(end, Optional.of(end), Optional.empty(), false),
                        new OidcSession.Grant(Optional.of("openid email"), Optional.of(NOW))));
    }

    static Alice with(Map<String, Object> claims, OidcSession.Tokens tokens) {
        return new Alice(claims, tokens);
    }

    static String jwt(Map<String, Object> claims) {
        return base64("{\"alg\":\"RS256\"}") + "." + base64(Json.write(claims)) + ".c2lnbmF0dXJl";
    }

    /** The session has become that of {@code next}. */
    void becomes(Alice next) {
        later = next;
    }

    void logsOut() {
        later = null;
    }

    /** A request of hers, as far as anybody looks at it. */
    HttpServletRequest request() {
        return request(this);
    }

    static HttpServletRequest request(@Nullable Caller caller) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Alice.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getAttribute") && arguments[0].equals(Caller.ATTRIBUTE)) {
                        return caller;
                    }
                    throw new AssertionError("nothing else is to be asked of a request: " + method);
                });
    }

    @Override
    public Optional<CallerSession> now() {
        return Optional.ofNullable(later);
    }

    @Override
    public OidcSession.Tokens tokens() {
        return tokens;
    }

    @Override
    public Optional<String> cameFor() {
        return Optional.of("https://shop.example/shop/cart?item=1");
    }

    @Override
    public boolean meets(LoginRequirement login) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration refreshAhead() {
        return Duration.ofSeconds(30);
    }

    @Override
    public ProviderMetadata providerMetadata() {
        return new ProviderMetadata(
                "https://id.example",
                URI.create("https://id.example/authorize"),
                URI.create("https://id.example/token"),
                URI.create("https://id.example/jwks"),
                Optional.empty(),
                Optional.of(URI.create("https://other.example/logout")),
                Optional.empty(),
                List.of("RS256"),
                List.of(),
                false,
                Map.of("scopes_supported", List.of("openid", "email")));
    }

    @Override
    public String getName() {
        return "alice";
    }

    @Override
    public String issuer() {
        return "https://id.example";
    }

    @Override
    public String subject() {
        return "1";
    }

    @Override
    public Set<String> roles() {
        return Set.of();
    }

    @Override
    public Claims claims() {
        return new Said(claims);
    }

    @Override
    public Instant sessionExpiresAt() {
        return NOW.plusSeconds(60);
    }

    @Override
    public Secret accessToken() {
        return tokens.accessToken().orElseThrow();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private record Said(Map<String, Object> asMap) implements Claims {
        @Override
        public Optional<String> string(String name) {
            return Optional.ofNullable(asMap.get(name)).map(String::valueOf);
        }

        @Override
        public Optional<Number> number(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> bool(String name) {
            return Optional.empty();
        }

        @Override
        public List<String> strings(String name) {
            return List.of();
        }
    }
}
