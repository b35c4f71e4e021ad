// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.FilterScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** An application that is started again and again. */
class RestartIT implements ProtectedApplication {
    private static final String CONTEXT_PATH = "/filter";

    private final DevelopmentProvider provider = ProtectedApplication.startProvider();
    private final Tomcat tomcat = new Tomcat();
    private @Nullable Context context;

    @BeforeEach
    @Override
    public void register() {
        try {
            start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException("Tomcat does not start", e);
        }
        ProtectedApplication.super.register();
    }

    private void start() throws IOException, LifecycleException {
        Path home = Path.of("target", "tomcat-restart").toAbsolutePath();
        Files.createDirectories(home.resolve("webapps"));
        tomcat.setBaseDir(home.toString());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        tomcat.setConnector(connector);
        File war = new File(tomcat.getHost().getAppBaseFile(), "filter.war");
        FilterScenarios.war(provider).as(ZipExporter.class).exportTo(war, true);
        tomcat.start();
        deploy();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        provider.close();
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + CONTEXT_PATH + "/");
    }

    @Override
    public DevelopmentProvider provider() {
        return provider;
    }

    @Test
    @Tag("CF-03")
    void aSessionThatTheContainerKeepsSurvivesARestartAndAnyOtherIsGone() {
        ((StandardManager) context().getManager()).setPathname("SESSIONS.ser");
        Browser alice = loggedIn("alice");
        Browser bob = loggedIn("bob");
        bob.visit(at("signout"));
        context().reload();
        assertEquals("alice", alice.visit(at("whoami")).line("subject"));
        assertEquals("true", alice.visit(at("whoami")).line("admin"));
        assertLoginNeeded(bob);
        alice.click(at("whoami"), at("oidc/logout?scope=here"));
        assertLoginNeeded(alice);

        ((StandardManager) context().getManager()).setPathname(null);
        Browser forgotten = loggedIn("alice");
        context().reload();
        assertLoginNeeded(forgotten);
        assertEquals("alice", forgotten.open(at("whoami")).line("subject"));
    }

    @Test
    @Tag("CF-04")
    void twentyDeploymentsLeaveNeitherClassesNorThreads() throws Exception {
        List<WeakReference<ClassLoader>> gone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            loggedIn("alice");
            gone.add(new WeakReference<>(context().getLoader().getClassLoader()));
            undeploy();
            deploy();
        }
        awaitGone(gone);
        undeploy();
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("oidc-"))
                .toList();
        assertEquals(List.of(), threads);
    }

    /** All but one: the server may remember whom it spoke to last. */
    private static void awaitGone(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (remaining(loaders) > 1) {
            assertTrue(System.nanoTime() < end, remaining(loaders) + " class loaders remain");
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20); // between two collections; it ends when the collector has done its work
        }
    }

    private static long remaining(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private Context context() {
        return Objects.requireNonNull(context);
    }

    private void deploy() {
        File war = new File(tomcat.getHost().getAppBaseFile(), "filter.war");
        Context deployed = tomcat.addWebapp(CONTEXT_PATH, war.getAbsolutePath());
        assertTrue(deployed.getState().isAvailable(), "Tomcat does not start the application");
        ((StandardManager) deployed.getManager()).setPathname(null);
        context = deployed;
    }

    private void undeploy() throws LifecycleException {
        context().stop();
        context().destroy();
        context = null;
    }
}
