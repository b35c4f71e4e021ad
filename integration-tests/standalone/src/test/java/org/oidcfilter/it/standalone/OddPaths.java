// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Ways round a login by the spelling of a path, as far as a client library sends them. */
final class OddPaths {
    private static final List<String> SPELLINGS = List.of(
            "desk",
            "desk;x=1",
            ";a/desk",
            "desk%3bx",
            "public/../desk",
            "public/%2e%2e/desk",
            "public/.%2E/desk",
            "public/..;/desk",
            "public/..;x=y/desk",
            "public/..%2fdesk",
            "public%2f..%2fdesk",
            "public/%252e%252e/desk",
            "./desk",
            "/desk",
            "desk//",
            "public//../desk",
            "desk%2f",
            "%64esk",
            "%2564esk",
            "DESK",
            "desk/",
            "desk%00",
            "desk%0a",
            "desk?x=/public/",
            "desk/public/hello",
            "admin/desk",
            "public/../admin/desk",
            "audit;x");

    private final HttpClient client;
    private final URI shop;
    private final HttpClient.Version version;

    private OddPaths(HttpClient client, URI shop, HttpClient.Version version) {
        this.client = client;
        this.shop = shop;
        this.version = version;
    }

    static OddPaths overHttp1(URI shop) {
        HttpClient.Version version = HttpClient.Version.HTTP_1_1;
        return new OddPaths(HttpClient.newBuilder().version(version).build(), shop, version);
    }

    static OddPaths overHttp2(URI shop, SSLContext tls) {
        HttpClient.Version version = HttpClient.Version.HTTP_2;
        return new OddPaths(
                HttpClient.newBuilder().version(version).sslContext(tls).build(), shop, version);
    }

    /** Nobody gets in, whatever the path looks like; who is logged in does, and everybody may see what is public. */
    void hideNothing(String cookies) throws IOException, InterruptedException {
        assertEquals(200, get("public/hello", "").statusCode());
        assertTrue(get("desk", cookies).body().contains("TREASURE"), "who is logged in sees it");
        for (String path : SPELLINGS) {
            HttpResponse<String> answer = get(path, "");
            int status = answer.statusCode();
            assertTrue(status >= 300 && status != 304 && status < 500, path + " " + status);
            assertFalse(answer.body().contains("TREASURE"), path);
        }
    }

    private HttpResponse<String> get(String path, String cookies) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(shop + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "navigate");
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertEquals(version, answer.version(), path);
        return answer;
    }
}
