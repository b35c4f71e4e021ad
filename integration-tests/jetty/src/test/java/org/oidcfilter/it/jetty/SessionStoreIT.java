// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.session.AbstractSessionCacheFactory;
import org.eclipse.jetty.session.DefaultSessionCacheFactory;
import org.eclipse.jetty.session.FileSessionDataStoreFactory;
import org.eclipse.jetty.session.NullSessionCacheFactory;
import org.eclipse.jetty.session.SessionCache;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.FilterScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** Sessions in files, between requests already: what a session is at the next request was written and read. */
class SessionStoreIT implements ProtectedApplication {
    private static final String CONTEXT_PATH = "/filter";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DevelopmentProvider provider = ProtectedApplication.startProvider();
    private final Path folder;

    /** Jetty lets go of a session only when its answer is out already; and stopping waits for the requests of this one. */
    private GracefulHandler requests = new GracefulHandler();

    private @Nullable Server server;

    /** What stays in memory. */
    enum Cache {
        NOTHING {
            @Override
            AbstractSessionCacheFactory factory() {
                return new NullSessionCacheFactory();
            }
        },
        SESSIONS_IN_USE {
            @Override
            AbstractSessionCacheFactory factory() {
                var factory = new DefaultSessionCacheFactory();
                factory.setEvictionPolicy(SessionCache.EVICT_ON_SESSION_EXIT);
                return factory;
            }
        };

        abstract AbstractSessionCacheFactory factory();
    }

    SessionStoreIT(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Each test does so when it has started a server. */
    @BeforeEach
    @Override
    public void register() {}

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
        provider.close();
    }

    @Override
    public URI application() {
        return Objects.requireNonNull(server).getURI().resolve(CONTEXT_PATH + "/");
    }

    @Override
    public DevelopmentProvider provider() {
        return provider;
    }

    @ParameterizedTest
    @EnumSource
    void aSessionLastsFromRequestToRequestUntilALogoutTokenEndsIt(Cache cache) throws Exception {
        start(cache);
        Browser alice = loggedIn("alice");
        Browser bob = loggedIn("bob");
        String id = alice.visit(at("session?do=put&name=basket&value=pear")).line("session");
        for (int i = 0; i < 3; i++) {
            assertEquals("alice", alice.visit(at("whoami")).line("subject"));
            assertEquals("true", alice.visit(at("whoami")).line("admin"));
            assertEquals("pear", alice.visit(at("session")).line("session.basket"));
        }
        assertEquals(id, alice.visit(at("session")).line("session"));
        assertEquals(2, files());

        assertTimeoutPreemptively(TIMEOUT, this::awaitEndOfRequests);
        provider.endSession("alice");
        assertEquals(2, files(), "Jetty lets nobody touch a session that is not in memory");
        assertLoginNeeded(alice);
        assertEquals(1, files());
        assertEquals("bob", bob.visit(at("whoami")).line("subject"));

        provider.loginAs("alice");
        assertEquals("alice", alice.open(at("whoami")).line("subject"));
        assertNotEquals(id, alice.visit(at("session")).line("session"));
        assertEquals("alice", alice.visit(at("whoami")).line("subject"));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsKnownAfterARestartAndOneThatHasEndedIsNot(Cache cache) throws Exception {
        start(cache);
        Browser alice = loggedIn("alice");
        Browser gone = loggedIn("alice");
        gone.visit(at("signout"));
        alice.visit(at("session?do=put&name=basket&value=pear"));
        Objects.requireNonNull(server).stop();

        start(cache);
        assertEquals("alice", alice.visit(at("whoami")).line("subject"));
        assertEquals("pear", alice.visit(at("session")).line("session.basket"));
        assertLoginNeeded(gone);
        provider.endSession("alice");
        assertLoginNeeded(alice);
        assertEquals(0, files());
    }

    private void awaitEndOfRequests() {
        while (requests.getCurrentRequestCount() + requests.getCurrentStreamWrapperCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private void start(Cache cache) throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        FileSessionDataStoreFactory files = new FileSessionDataStoreFactory();
        files.setStoreDir(Files.createDirectories(folder.resolve("sessions")).toFile());
        jetty.addBean(files);
        jetty.addBean(cache.factory());
        File war = folder.resolve("filter.war").toFile();
        FilterScenarios.war(provider).as(ZipExporter.class).exportTo(war, true);
        ContextHandler context = EmbeddedJetty.application(war, CONTEXT_PATH);
        context.setTempDirectory(folder.resolve("work").toFile());
        requests = new GracefulHandler(context);
        jetty.setHandler(requests);
        jetty.setStopTimeout(TIMEOUT.toMillis());
        jetty.start();
        server = jetty;
        ProtectedApplication.super.register();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("sessions"))) {
            return files.count();
        }
    }
}
