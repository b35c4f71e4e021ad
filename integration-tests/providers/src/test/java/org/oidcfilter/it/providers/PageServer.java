// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A few pages on a loopback port, for tests of the browsers themselves. */
final class PageServer implements AutoCloseable {
    private final HttpServer server;

    PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    /** An address on 127.0.0.1. */
    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The same server as another site: on {@code localhost}. */
    URI elsewhere(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    void redirect(String path, int status, URI target) {
        serve(path, exchange -> {
            exchange.getResponseHeaders().set("Location", target.toString());
            answer(exchange, status, "");
        });
    }

    void cookies(String path, List<String> setCookies) {
        serve(path, exchange -> {
            exchange.getResponseHeaders().put("Set-Cookie", setCookies);
            answer(exchange, 200, "<title>Cookies</title>");
        });
    }

    /** A page whose text is the request: its method, the chosen headers and its body. */
    void echo(String path, List<String> headers) {
        serve(path, exchange -> {
            Headers sent = exchange.getRequestHeaders();
            StringBuilder text = new StringBuilder(exchange.getRequestMethod());
            headers.forEach(name -> text.append('|').append(sent.getFirst(name)));
            text.append('|').append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 200, text.toString());
        });
    }

    void page(String path, String html) {
        page(path, Map.of(), html);
    }

    void page(String path, Map<String, String> headers, String html) {
        serve(path, exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            answer(exchange, 200, html);
        });
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void answer(HttpExchange exchange, int status, String html) throws IOException {
        try (exchange) {
            byte[] body = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
