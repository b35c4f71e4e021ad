// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another application on the same server, whose sessions anybody can have. */
public interface NeighbourScenarios extends ProtectedApplication {
    /** The root of the other application, which has no filter. */
    URI neighbour();

    /**
     * Containers let a new session take an id that the browser brings, if another application knows it: who plants such an
     * id must have nothing of the login that follows.
     */
    @Test
    @Tag("SE-01")
    default void givesNothingToWhoPlantedTheSessionIdOfANeighbour() throws IOException, InterruptedException {
        Map<String, String> attacker = new LinkedHashMap<>();
        visit(neighbour().resolve("public/session?do=create"), attacker);
        String planted = attacker.getOrDefault("JSESSIONID", "");
        assertNotEquals("", planted);

        provider().loginAs("alice");
        Map<String, String> victim = new LinkedHashMap<>(Map.of("JSESSIONID", planted));
        HttpResponse<String> challenge = visit(at("whoami"), victim);
        HttpResponse<String> provider = visit(location(challenge), new LinkedHashMap<>());
        visit(location(provider), victim);
        assertEquals(200, visit(at("whoami"), victim).statusCode());

        assertNotEquals(planted, victim.get("JSESSIONID"));
        assertEquals(302, visit(at("whoami"), attacker).statusCode());
    }

    private static URI location(HttpResponse<String> response) {
        return URI.create(response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response + " " + response.body())));
    }

    /** One request of a navigating browser that sends every cookie everywhere, as after a cookie was planted. */
    private static HttpResponse<String> visit(URI uri, Map<String, String> cookies)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String pair = cookie.split(";", 2)[0];
            cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return response;
    }
}
