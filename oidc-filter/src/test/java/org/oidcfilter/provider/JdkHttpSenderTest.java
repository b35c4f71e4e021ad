// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.oidcfilter.HttpSender.Request;

@Timeout(60)
class JdkHttpSenderTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private final HttpServer server;

    JdkHttpSenderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(serverThreads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serverThreads.shutdownNow();
    }

    private Request get(String path) {
        return new Request("GET", uri(path), Map.of("Accept", "application/json"), "", AMPLE);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void sendsMethodHeadersAndBodyAndReadsTheAnswer() throws Exception {
        var seen = new CompletableFuture<String>();
        on("/token", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.complete(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("X-Test") + " "
                    + exchange.getRequestHeaders().containsKey("Upgrade") + " " + body);
            exchange.getResponseHeaders().add("X-Twice", "first");
            exchange.getResponseHeaders().add("X-Twice", "second");
            answer(exchange, 400, bytes("ü😀"));
        });
        try (var sender = new JdkHttpSender()) {
            var response = sender.send(new Request("POST", uri("/token"), Map.of("X-Test", "yes"), "a=ü", AMPLE));
            assertEquals("POST yes false a=ü", seen.get(10, TimeUnit.SECONDS));
            assertEquals(400, response.status());
            assertEquals("ü😀", response.body());
            assertEquals(Optional.of("first"), response.header("x-twice"));
        }
    }

    @Test
    void doesNotFollowRedirects() throws Exception {
        var followed = new AtomicInteger();
        on("/target", exchange -> {
            followed.incrementAndGet();
            answer(exchange, 200, bytes("{}"));
        });
        on("/", exchange -> {
            exchange.getResponseHeaders().add("Location", uri("/target").toString());
            answer(exchange, 307, new byte[0]);
        });
        try (var sender = new JdkHttpSender()) {
            assertEquals(307, sender.send(get("/")).status());
            assertEquals(0, followed.get());
        }
    }

    @Test
    void sendsNoCookies() throws Exception {
        var cookies = new AtomicInteger();
        on("/", exchange -> {
            cookies.addAndGet(exchange.getRequestHeaders().containsKey("Cookie") ? 1 : 0);
            exchange.getResponseHeaders().add("Set-Cookie", "a=b; Path=/");
            answer(exchange, 200, bytes("{}"));
        });
        try (var sender = new JdkHttpSender()) {
            sender.send(get("/"));
            sender.send(get("/"));
            assertEquals(0, cookies.get());
        }
    }

    @Test
    void givesUpOnAnAnswerThatDrips() throws Exception {
        var ended = new CountDownLatch(1);
        on("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (!ended.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var request = new Request("GET", uri("/"), Map.of(), "", Duration.ofMillis(500));
        try (var sender = new JdkHttpSender()) {
            long start = System.nanoTime();
            assertThrows(IOException.class, () -> sender.send(request));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
        } finally {
            ended.countDown();
        }
    }

    @Test
    void givesUpOnAnAnswerThatIsTooLarge() throws Exception {
        on("/announced", exchange -> answer(exchange, 200, new byte[512 * 1024 + 1]));
        on("/limit", exchange -> answer(exchange, 200, bytes("x".repeat(512 * 1024))));
        on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (true) {
                    out.write(new byte[8192]);
                }
            } catch (IOException e) {
                exchange.close(); // the client has gone
            }
        });
        try (var sender = new JdkHttpSender()) {
            assertEquals(512 * 1024, sender.send(get("/limit")).body().length());
            assertEquals(
                    "the answer has more than 524288 bytes",
                    words(assertThrows(IOException.class, () -> sender.send(get("/announced")))));
            long start = System.nanoTime();
            assertThrows(IOException.class, () -> sender.send(get("/endless")));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(15), "not by the deadline");
        }
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        on("/", exchange -> answer(exchange, 200, new byte[] {'{', (byte) 0xff, '}'}));
        try (var sender = new JdkHttpSender()) {
            assertThrows(IOException.class, () -> sender.send(get("/")));
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var request = new Request("GET", URI.create("http://127.0.0.1:" + port + "/"), Map.of(), "", AMPLE);
        try (var sender = new JdkHttpSender()) {
            assertEquals(
                    "nobody accepts connections there",
                    words(assertThrows(IOException.class, () -> sender.send(request))));
        }
    }

    @Test
    void saysThatAHostIsUnknown() {
        var request = new Request("GET", URI.create("http://no-such-host.invalid/"), Map.of(), "", AMPLE);
        try (var sender = new JdkHttpSender()) {
            assertEquals(
                    "the name of the host is not known",
                    words(assertThrows(IOException.class, () -> sender.send(request))));
        }
    }

    /** Our own, after the kind of the exception; without the exception, which may quote what came. */
    private static String words(IOException failure) {
        assertEquals(null, failure.getCause());
        var message = String.valueOf(failure.getMessage());
        return message.substring(message.indexOf(": ") + 2);
    }

    @Test
    void stopsWhenTheThreadIsInterruptedAndKeepsTheFlag() {
        try (var sender = new JdkHttpSender()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> sender.send(get("/")));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void refusesAHeaderWithALineBreakWithoutQuotingIt() {
        var request = new Request("GET", uri("/"), Map.of("Authorization", "Bearer s3cret\r\nX: y"), "", AMPLE);
        try (var sender = new JdkHttpSender()) {
            var failure = assertThrows(IOException.class, () -> sender.send(request));
            assertFalse(String.valueOf(failure.getMessage()).contains("s3cret"));
            assertEquals(null, failure.getCause());
        }
    }

    @Test
    @Tag("CF-04")
    void endsItsThreadsWhenItIsClosed() throws Exception {
        on("/", exchange -> answer(exchange, 200, bytes("{}")));
        var sender = new JdkHttpSender();
        sender.send(get("/"));
        var threads = ours();
        assertFalse(threads.isEmpty());
        assertTrue(threads.stream().allMatch(Thread::isDaemon));
        sender.close();
        for (var thread : threads) {
            thread.join(10_000);
            assertFalse(thread.isAlive(), thread.getName());
        }
        assertThrows(IOException.class, () -> sender.send(get("/")));
    }

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("oidc-http-"))
                .toList();
    }
}
