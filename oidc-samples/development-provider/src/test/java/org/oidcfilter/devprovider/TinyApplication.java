// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.oidcfilter.devprovider.RelyingParty.CHALLENGE;
import static org.oidcfilter.devprovider.RelyingParty.VERIFIER;
import static org.oidcfilter.devprovider.RelyingParty.json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Stands for an application whose author tests it with the development provider. It greets those who log in. */
final class TinyApplication implements AutoCloseable {
    private final Server server = new Server("127.0.0.1", 0, new Recorder());
    private final HttpClient http = HttpClient.newHttpClient();
    private final Issued<String> sessions = new Issued<>(Clock.systemUTC(), Duration.ofHours(1));
    private final String issuer;
    private final String secret;

    private TinyApplication(String issuer, String secret) {
        this.issuer = issuer;
        this.secret = secret;
    }

    static TinyApplication start(String issuer, String secret) {
        var application = new TinyApplication(issuer, secret);
        var routes = new Routes(new Lies());
        routes.add("GET", "/", application::home);
        routes.add("GET", "/oidc/callback", application::callback);
        application.server.start(routes);
        return application;
    }

    String uri() {
        return server.origin();
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply home(Request request) {
        return request.cookie("tiny")
                .flatMap(sessions::find)
                .map(name -> Reply.text(200, "Hello " + name))
                .orElseGet(() -> Reply.redirect(Form.append(
                        issuer + "/authorize",
                        Map.of(
                                "client_id", "my-app",
                                "redirect_uri", uri() + "/oidc/callback",
                                "response_type", "code",
                                "scope", "openid profile",
                                "code_challenge", CHALLENGE,
                                "code_challenge_method", "S256"))));
    }

    private Reply callback(Request request) {
        try {
            String name = nameOfUser(request.query("code").orElseThrow());
            return Reply.redirect("/").header("Set-Cookie", "tiny=" + sessions.issue(name) + "; Path=/; HttpOnly");
        } catch (InvalidJwtException | MalformedClaimException e) {
            return Reply.text(400, "The ID token is not for us");
        } catch (IOException | InterruptedException | JoseException e) {
            return Reply.text(503, "The provider cannot be reached");
        }
    }

    private String nameOfUser(String code)
            throws IOException, InterruptedException, InvalidJwtException, JoseException, MalformedClaimException {
        String form = Form.write(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                uri() + "/oidc/callback",
                "code_verifier",
                VERIFIER,
                "client_id",
                "my-app",
                "client_secret",
                secret));
        String tokens = send(HttpRequest.newBuilder(URI.create(issuer + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        var keys = new JsonWebKeySet(send(HttpRequest.newBuilder(URI.create(issuer + "/jwks"))));
        return new JwtConsumerBuilder()
                .setExpectedIssuer(issuer)
                .setExpectedAudience("my-app")
                .setRequireExpirationTime()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .build()
                .processToClaims(String.valueOf(json(tokens).get("id_token")))
                .getStringClaimValue("name");
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }
}
