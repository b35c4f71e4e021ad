// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final String SECRET = "secret-of-at-least-32-characters-long";

    // README: start
    @Test
    void greetsAliceAndRefusesATokenForAnotherApplication() throws Exception {
        try (var op = DevelopmentProvider.builder()
                        .user(User.named("alice").name("Alice Adams").roles("admin"))
                        .start();
                var app = TinyApplication.start(op.issuer(), SECRET)) {
            op.register(Client.confidential("my-app", SECRET).redirectUri(app.uri() + "/oidc/callback"));
            op.loginAs("alice");

            assertEquals("Hello Alice Adams", browse(app.uri()).body());

            op.idTokens((header, claims) -> claims.put("aud", "another-app"));
            assertEquals(400, browse(app.uri()).statusCode());

            op.honest();
            op.answer(Endpoint.TOKEN, (request, honest) -> Reply.hangUp());
            assertEquals(503, browse(app.uri()).statusCode());
        }
    }
    // README: end

    @Test
    void readmeShowsTheTestAbove() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/oidcfilter/devprovider/ReadmeTest.java"));
        String test = source.substring(
                source.indexOf("// README: start\n") + "// README: start\n".length(),
                source.indexOf("\n    // README: end"));
        String readme = Files.readString(Path.of("README.md"));
        assertTrue(
                readme.contains("```java\n" + test.stripIndent() + "\n```"),
                () -> "README.md should show\n" + test.stripIndent());
    }

    /** What a new browser with cookies shows in the end. */
    private static HttpResponse<String> browse(String uri) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(Redirect.NORMAL)
                .build()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    }
}
