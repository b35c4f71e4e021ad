// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The HTTP server: reads a request, has it answered, and writes the reply. */
final class Server implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Server.class.getName());
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final int BODY_LIMIT = 64 * 1024;
    /** More than a test blocks at once, so that a blocked answer never blocks another one. */
    private static final int THREADS = 16;

    static {
        // The JDK's server sends head and body apart; without this the body waits 40 ms for the client's
        // acknowledgement.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer http;
    private final String host;
    private final Recorder recorder;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, daemons());

    /**
     * Takes hold of the port.
     *
     * @throws IllegalArgumentException if the host is not on the loopback interface
     */
    Server(String host, int port, Recorder recorder) {
        this.host = host;
        this.recorder = recorder;
        try {
            http = HttpServer.create(new InetSocketAddress(loopback(host), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + " of " + host, e);
        }
    }

    int port() {
        return http.getAddress().getPort();
    }

    /** The scheme, host and port under which browsers and clients reach us. */
    String origin() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    void start(Routes routes) {
        http.setExecutor(threads);
        http.createContext("/", exchange -> handle(exchange, routes));
        http.start();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange, Routes routes) throws IOException {
        try (exchange) {
            write(exchange, answer(exchange, routes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply answer(HttpExchange exchange, Routes routes) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
        if (body.length > BODY_LIMIT) {
            return Reply.text(413, "The body is larger than " + BODY_LIMIT + " bytes")
                    .header("Connection", "close");
        }
        Request request;
        try {
            request = request(exchange, new String(body, UTF_8));
        } catch (IllegalArgumentException e) {
            return Reply.text(400, "The parameters cannot be decoded");
        }
        recorder.record(request);
        return answer(request, routes);
    }

    // A programmed answer may throw whatever it likes: that is how it hangs up.
    private static Reply answer(Request request, Routes routes) throws InterruptedException {
        try {
            return routes.answer(request);
        } catch (InterruptedException e) {
            throw e;
        } catch (IOException e) {
            return Reply.hangUp();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "Hanging up, because the answer to " + request + " failed", e);
            return Reply.hangUp();
        }
    }

    private static Request request(HttpExchange exchange, String body) {
        var headers = exchange.getRequestHeaders();
        String type = String.valueOf(headers.getFirst("Content-Type"));
        boolean isForm = type.startsWith("application/x-www-form-urlencoded");
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Form.parse(exchange.getRequestURI().getRawQuery()),
                isForm ? Form.parse(body) : Map.of(),
                headers);
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException, InterruptedException {
        if (reply.status() == 0) {
            return;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.length() == 0 ? -1 : reply.length());
        if (reply.length() > 0) {
            reply.writeBody(exchange.getResponseBody());
        }
    }

    private static InetAddress loopback(String host) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            if (!Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
                throw new IllegalArgumentException("The development provider lets anybody log in as anybody,"
                        + " so it listens on the loopback interface only, and " + host + " is not on it");
            }
            return addresses[0];
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("The host " + host + " has no address; use localhost", e);
        }
    }

    private static ThreadFactory daemons() {
        return work -> {
            var thread = new Thread(work, "development-provider");
            thread.setDaemon(true);
            return thread;
        };
    }
}
