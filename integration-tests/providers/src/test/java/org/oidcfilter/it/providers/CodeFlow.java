// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.oidcfilter.it.process.Form;

/**
 * The authorization code flow with PKCE by hand: proves that a provider works without the software that is to be tested
 * with it.
 */
final class CodeFlow {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Map<String, Object> metadata;
    private final Registration registration;
    private final String verifier = random();
    private final String state = random();
    private final String nonce = random();

    /** A client as the provider knows it; a public one has an empty secret. */
    record Registration(URI issuer, String clientId, String clientSecret, URI redirectUri) {}

    private CodeFlow(Registration registration, Map<String, Object> metadata) {
        this.registration = registration;
        this.metadata = metadata;
    }

    /** Reads the provider's metadata. */
    static CodeFlow with(Registration registration) throws IOException, InterruptedException {
        URI discovery = URI.create(registration.issuer() + "/.well-known/openid-configuration");
        return new CodeFlow(registration, json(HttpRequest.newBuilder(discovery).build()));
    }

    /** An endpoint or other text of the provider's metadata. */
    URI endpoint(String name) {
        return URI.create(text(metadata, name));
    }

    /** Where to send the browser. */
    URI authenticationRequest() throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("scope", "openid profile email");
        parameters.put("client_id", registration.clientId());
        parameters.put("redirect_uri", registration.redirectUri().toString());
        parameters.put("state", state);
        parameters.put("nonce", nonce);
        parameters.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        parameters.put("code_challenge_method", "S256");
        return URI.create(endpoint("authorization_endpoint") + "?" + Form.encode(parameters));
    }

    /** Redeems the code of the authentication response that the browser was redirected to. */
    Map<String, Object> tokens(URI response) throws IOException, InterruptedException {
        Map<String, String> answer = query(response);
        if (!state.equals(answer.get("state"))) {
            throw new IOException("Not the answer to this request: " + answer.keySet());
        }
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", Objects.requireNonNull(answer.get("code")));
        form.put("redirect_uri", registration.redirectUri().toString());
        form.put("code_verifier", verifier);
        form.put("client_id", registration.clientId());
        if (!registration.clientSecret().isEmpty()) {
            form.put("client_secret", registration.clientSecret());
        }
        return json(HttpRequest.newBuilder(endpoint("token_endpoint"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Form.encode(form)))
                .build());
    }

    /** The claims of the ID token, after signature, issuer, audience, times and nonce were checked. */
    JwtClaims idToken(Map<String, Object> tokens) throws IOException, InvalidJwtException {
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(
                        new HttpsJwks(endpoint("jwks_uri").toString())))
                .setExpectedIssuer(registration.issuer().toString())
                .setExpectedAudience(registration.clientId())
                .setRequireExpirationTime()
                .setRequireSubject()
                .build()
                .processToClaims(text(tokens, "id_token"));
        if (!nonce.equals(claims.getClaimValueAsString("nonce"))) {
            throw new IOException("The ID token belongs to another request");
        }
        return claims;
    }

    /** The parameters in the query of {@code uri}, decoded. */
    static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : Objects.requireNonNull(uri.getRawQuery()).split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            parameters.put(decode(pair[0]), pair.length > 1 ? decode(pair[1]) : "");
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> json(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(request, (name, value) -> true)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
        }
        try {
            return JsonUtil.parseJson(response.body());
        } catch (JoseException e) {
            throw new IOException(e);
        }
    }

    private static String text(Map<String, Object> object, String name) {
        return (String) Objects.requireNonNull(object.get(name), name);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
