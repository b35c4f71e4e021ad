// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private final Browser browser = new Browser();
    private final HttpServer server;
    private final URI site;
    private final URI otherSite;

    BrowserTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int port = server.getAddress().getPort();
        site = URI.create("http://127.0.0.1:" + port + "/");
        otherSite = URI.create("http://localhost:" + port + "/");
    }

    @BeforeEach
    void start() {
        server.createContext("/echo", exchange -> answer(exchange, 200, echo(exchange)));
        server.createContext("/to-echo", exchange -> redirect(exchange, 302, "/echo?from=here"));
        server.createContext(
                "/to-other",
                exchange -> redirect(exchange, 302, otherSite.resolve("echo").toString()));
        server.createContext("/repeat", exchange -> redirect(exchange, 307, "/echo"));
        server.createContext("/loop", exchange -> redirect(exchange, 302, "/loop"));
        server.createContext("/form", exchange -> answer(exchange, 200, """
                <form method="post" action="echo"><input type="hidden" name="a" value="1 &amp; 2"></form>"""));
        server.createContext("/repeating-form", exchange -> answer(exchange, 200, """
                <form method="post" action="repeat"><input type="hidden" name="a" value="1"></form>"""));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void navigatesAsBrowsersDo() {
        Page page = browser.open(site.resolve("echo"));

        assertEquals("navigate", page.line("Sec-fetch-mode"));
        assertEquals("document", page.line("Sec-fetch-dest"));
        assertEquals("none", page.line("Sec-fetch-site"));
        assertEquals("text/html", page.line("Accept").substring(0, 9));
    }

    @Test
    void callsFromScriptsAsBrowsersDo() {
        Page page = browser.fetch(site, site.resolve("echo"));

        assertEquals("cors", page.line("Sec-fetch-mode"));
        assertEquals("empty", page.line("Sec-fetch-dest"));
        assertEquals("same-origin", page.line("Sec-fetch-site"));
        assertFalse(page.hasLine("Sec-fetch-user"));
    }

    @Test
    void followsRedirectsAndKeepsWhatTheySet() {
        Page page = browser.open(site.resolve("to-echo"));

        assertEquals("/echo?from=here", page.line("uri"));
        assertEquals("step=/to-echo", page.line("Cookie"));
    }

    @Test
    void saysCrossSiteOnceAnotherSiteWasOnTheWay() {
        Page there = browser.followAll(browser.click(site, site.resolve("to-other")));

        assertEquals("cross-site", there.line("Sec-fetch-site"));
    }

    @Test
    void submitsTheFormOfThePage() {
        Page page = browser.submit(browser.open(otherSite.resolve("form")));

        assertEquals("POST", page.line("method"));
        assertEquals("a=1+%26+2", page.line("body"));
        assertEquals("http://" + otherSite.getAuthority(), page.line("Origin"));
    }

    @Test
    void repeatsTheFormWhereTheRedirectSaysSo() {
        Page page = browser.followAll(browser.submit(browser.open(site.resolve("repeating-form"))));

        assertEquals("POST", page.line("method"));
        assertEquals("a=1", page.line("body"));
    }

    @Test
    void givesUpOnRedirectsWithoutEnd() {
        assertThrows(AssertionError.class, () -> browser.open(site.resolve("loop")));
    }

    private static String echo(HttpExchange exchange) throws IOException {
        StringBuilder echo = new StringBuilder();
        echo.append("method: ").append(exchange.getRequestMethod()).append('\n');
        echo.append("uri: ").append(exchange.getRequestURI()).append('\n');
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        echo.append(name).append(": ").append(values.get(0)).append('\n'));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return echo.append("body: ").append(body).append('\n').toString();
    }

    private static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.getResponseHeaders().set("Set-Cookie", "step=" + exchange.getRequestURI() + "; Path=/");
        answer(exchange, status, "");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
