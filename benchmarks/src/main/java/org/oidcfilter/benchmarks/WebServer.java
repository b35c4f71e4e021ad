// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ClassMatcher;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An embedded Jetty with one servlet behind a candidate. Its threads count for it. */
final class WebServer implements Measured {
    private static final Logger LOG = Logger.getLogger("");

    private final Threads threads;
    private final Server server;
    private final ServletContextHandler context;
    private final int port;
    private final Page page = new Page();

    /** As much of a web application as container security wants to know of one. */
    public static final class Application extends ServletContextHandler {
        Application() {
            super("/", ServletContextHandler.SESSIONS);
        }

        /** Nothing is hidden: there is one class loader. */
        public ClassMatcher getHiddenClassMatcher() {
            return new ClassMatcher();
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
        context = new Application();
        context.addServlet(page, "/private/*");
        context.addServlet(page, "/public/*");
        candidate.install(context, issuer, port);
        server.setHandler(context);
        server.start();
    }

    @Override
    public Threads threads() {
        return threads;
    }

    ServletContextHandler context() {
        return context;
    }

    @Override
    public int port() {
        return port;
    }

    /** The name of the attribute in which the filter keeps its sessions. */
    String attribute() {
        try (var browser = loggedIn(Candidate.FILTER, "somebody")) {
            return browser.get("/private/attribute").body();
        }
    }

    /** A new session of the container with an attribute. Returns its id. */
    String session(String attribute, Object value) {
        page.carry(attribute, value);
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
