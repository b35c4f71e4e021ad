// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The least that can log in: a client and a browser with cookies in one. The redirect URI need not exist. */
final class RelyingParty {
    static final String SECRET = "secret-of-at-least-32-characters-long";
    static final String REDIRECT_URI = "http://127.0.0.1:8080/oidc/callback";
    static final String LOGGED_OUT_URI = "http://127.0.0.1:8080/oidc/logout/callback";
    static final Client SHOP =
            Client.confidential("shop", SECRET).redirectUri(REDIRECT_URI).postLogoutRedirectUri(LOGGED_OUT_URI);
    /** The verifier and challenge of RFC 7636 appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final DevelopmentProvider op;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    RelyingParty(DevelopmentProvider op) {
        this.op = op;
    }

    /** A valid authentication request of the shop. */
    static Map<String, String> authenticationRequest() {
        return new LinkedHashMap<>(Map.of(
                "client_id", "shop",
                "redirect_uri", REDIRECT_URI,
                "response_type", "code",
                "scope", "openid profile email",
                "state", "state & more",
                "nonce", "nonce-1",
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256"));
    }

    /** A valid token request of the shop, with {@code client_secret_post}. */
    static Map<String, String> tokenRequest(String code) {
        return new LinkedHashMap<>(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", REDIRECT_URI,
                "code_verifier", VERIFIER,
                "client_id", "shop",
                "client_secret", SECRET));
    }

    HttpResponse<String> get(String path, Map<String, String> query) throws IOException, InterruptedException {
        return send(request(Form.append(path, query)).GET());
    }

    HttpResponse<String> post(String path, Map<String, String> form, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Form.write(form)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(op.issuer() + path));
    }

    HttpResponse<String> authorize(Map<String, String> request) throws IOException, InterruptedException {
        return get("/authorize", request);
    }

    /** Logs in without a page and returns the code. */
    String code() throws IOException, InterruptedException {
        return code(authenticationRequest());
    }

    String code(Map<String, String> request) throws IOException, InterruptedException {
        return answer(authorize(request)).getOrDefault("code", "no code");
    }

    /** Logs in without a page and returns the answer of the token endpoint. */
    Map<String, Object> logIn() throws IOException, InterruptedException {
        return logIn(authenticationRequest());
    }

    Map<String, Object> logIn(Map<String, String> request) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/token", tokenRequest(code(request)));
        assertEquals(200, response.statusCode(), response.body());
        return json(response.body());
    }

    /** The claims of the ID token of a login without a page. */
    Map<String, Object> idTokenClaims() throws IOException, InterruptedException {
        return payload(String.valueOf(logIn().get("id_token")));
    }

    /** The parameters that a redirect carries to the client. */
    static Map<String, String> answer(HttpResponse<?> redirect) {
        assertEquals(303, redirect.statusCode(), String.valueOf(redirect.body()));
        URI location = URI.create(redirect.headers().firstValue("Location").orElseThrow());
        return Form.parse(location.getRawQuery()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> String.join(" ", entry.getValue())));
    }

    static Map<String, String> with(Map<String, String> parameters, String name, @Nullable String value) {
        var changed = new HashMap<>(parameters);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    static Map<String, Object> header(String token) {
        return part(token, 0);
    }

    static Map<String, Object> payload(String token) {
        return part(token, 1);
    }

    static Map<String, Object> json(String text) {
        try {
            return JsonUtil.parseJson(text);
        } catch (JoseException e) {
            throw new AssertionError("Not a JSON object: " + text, e);
        }
    }

    private static Map<String, Object> part(String token, int index) {
        String part = Form.split(token, '.').get(index);
        return json(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }
}
