// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An embedded Jetty with one servlet behind a candidate. Its threads count for it. */
final class WebServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("");

    private final Threads threads;
    private final Server server;
    private final ServletContextHandler context;
    private final int port;
    private volatile Map.Entry<String, Object> carried = Map.entry("nothing else", "");

    /** Answers with what an application would look at: the session, and the caller's name. */
    private final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getServletPath().equals("/public")
                    && request.getPathInfo().equals("/session")) {
                request.getSession(true).setAttribute(carried.getKey(), carried.getValue());
            }
            if (request.getPathInfo().equals("/attribute")) {
                response.getWriter()
                        .print(Collections.list(request.getSession().getAttributeNames()).stream()
                                .filter(name -> name.startsWith("org.oidcfilter.session."))
                                .findFirst()
                                .orElseThrow());
                return;
            }
            var isPrivate = request.getServletPath().equals("/private");
            if (isPrivate && request.getPathInfo().equals("/session")) {
                request.getSession(true);
            }
            var session = isPrivate ? request.getSession(false) : null;
            var known = session != null && session.getAttribute("nothing") == null;
            var caller = isPrivate ? request.getUserPrincipal() : null;
            var body = (caller != null ? "Hello, you. " : known ? "Hello, who? " : "Hello, all. ")
                    .getBytes(StandardCharsets.US_ASCII);
            response.setContentType("text/plain");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }

        /** Reads a form, and does what any application would do to end a session. */
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            var session = request.getParameter("logout_token") == null ? null : request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
        }
    }

    static WebServer start(Candidate candidate, TokenIssuer provider) {
        return start(candidate, provider.issuer());
    }

    static WebServer start(Candidate candidate, String issuer) {
        LOG.setLevel(Level.SEVERE);
        var threads = new Threads(candidate.name());
        return threads.start(() -> new WebServer(threads, candidate, issuer));
    }

    private WebServer(Threads threads, Candidate candidate, String issuer) throws Exception {
        this.threads = threads;
        var pool = new QueuedThreadPool(24, 24);
        pool.setReservedThreads(2);
        server = new Server(pool);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(32 * 1024);
        configuration.setResponseHeaderSize(32 * 1024);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.open();
        server.addConnector(connector);
        port = connector.getLocalPort();
        context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.addServlet(new Page(), "/private/*");
        context.addServlet(new Page(), "/public/*");
        candidate.install(context, issuer, port);
        server.setHandler(context);
        server.start();
    }

    Threads threads() {
        return threads;
    }

    ServletContextHandler context() {
        return context;
    }

    int port() {
        return port;
    }

    /** A browser with a session. */
    Browser loggedIn(Candidate candidate, String subject) {
        var browser = new Browser(port, subject);
        var answer = browser.visit(candidate.asksForLogin() ? "/private/page" : "/private/session");
        var expected = candidate.asksForLogin() ? "Hello, you. " : "Hello, who? ";
        if (answer.status() != 200 || !answer.body().equals(expected)) {
            throw new IllegalStateException(candidate + " did not log in: " + answer);
        }
        return browser;
    }

    /** The name of the attribute in which the filter keeps its sessions. */
    String attribute() {
        try (var browser = loggedIn(Candidate.FILTER, "somebody")) {
            return browser.get("/private/attribute").body();
        }
    }

    /** A new session of the container with an attribute. Returns its id. */
    String session(String attribute, Object value) {
        carried = Map.entry(attribute, value);
        try (var browser = new Browser(port, "somebody")) {
            browser.get("/public/session");
            return browser.cookie("JSESSIONID");
        }
    }

    byte[] requestOf(String sessionId) {
        return ("GET /private/page HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nCookie: JSESSIONID="
                        + sessionId + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
