// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The jar in a process of its own, and what it says while somebody logs in. */
class DemoLoginIT {
    private static final Path JAR = Path.of("target", "oidc-demo.jar").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("Open (http://\\S+)");
    private static final Pattern HANDLE = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Process process;
    private final Thread listener = new Thread(this::listen);

    DemoLoginIT() throws IOException {
        var java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        var command = new ProcessBuilder(java, "-Xmx256m", "-jar", JAR.toString(), "--port", "0");
        command.environment().keySet().removeIf(variable -> variable.startsWith("OIDC_"));
        process = command.redirectErrorStream(true).start();
        listener.start();
    }

    private void listen() {
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            said.add(line);
            var open = ADDRESS.matcher(line);
            if (open.find()) {
                address.complete(URI.create(open.group(1)));
            }
        });
        address.completeExceptionally(new IOException("the demo has ended: " + said));
    }

    @AfterEach
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        listener.join(TimeUnit.SECONDS.toMillis(20));
    }

    @Test
    void aLoginLeavesNoComplaintsOfLoggingFrameworks() throws Exception {
        var page = address.get(60, TimeUnit.SECONDS).resolve("/app/me");
        var login = send(HttpRequest.newBuilder(page));
        var handle = HANDLE.matcher(login.body());
        assertTrue(handle.find(), login.body());
        var form = "user=alice&request=" + URLEncoder.encode(handle.group(1), StandardCharsets.UTF_8);
        var me = send(HttpRequest.newBuilder(login.uri().resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        assertEquals(page, me.uri());
        assertTrue(me.body().contains("alice"), me.body());
        stop();
        assertFalse(said.stream().anyMatch(line -> line.contains("SLF4J")), said::toString);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(
                request.header("Accept", "text/html")
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document")
                        .build(),
                BodyHandlers.ofString());
    }
}
