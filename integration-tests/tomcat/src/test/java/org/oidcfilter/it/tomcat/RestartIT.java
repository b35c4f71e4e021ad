// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.session.StandardManager;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.ContainerSecurityScenarios;
import org.oidcfilter.it.scenarios.FilterScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;
import org.oidcfilter.it.scenarios.TestWar;

/** An application that is started again and again. */
class RestartIT implements ProtectedApplication {
    private static final String CONTEXT_PATH = "/filter";

    private final DevelopmentProvider provider = ProtectedApplication.startProvider();
    private final EmbeddedTomcat tomcat = new EmbeddedTomcat("tomcat-restart");
    private @Nullable Context context;

    @BeforeEach
    @Override
    public void register() {
        tomcat.start();
        deploy(FilterScenarios.war(provider));
        ProtectedApplication.super.register();
    }

    @AfterEach
    void stop() {
        tomcat.stop();
        provider.close();
    }

    @Override
    public URI application() {
        return tomcat.uri().resolve(CONTEXT_PATH + "/");
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
        assertNothingRemains(20, FilterScenarios.war(provider));
    }

    @Test
    @Tag("CF-04")
    void tenDeploymentsOfContainerSecurityLeaveNeitherClassesNorThreads() throws Exception {
        undeploy();
        deploy(ContainerSecurityScenarios.war(provider));
        assertNothingRemains(10, ContainerSecurityScenarios.war(provider));
    }

    @Test
    void containerSecurityGoesOnAfterARestartAndNotWithoutItsSetting() throws LifecycleException {
        undeploy();
        deploy(ContainerSecurityScenarios.war(provider));
        ((StandardManager) context().getManager()).setPathname("SESSIONS.ser");
        Browser alice = loggedIn("alice");
        context().reload();
        assertEquals("alice", alice.visit(at("secured")).line("subject"));
        assertEquals(403, loggedIn("bob").visit(at("secured")).status());
        undeploy();
        deploy(TestWar.named("filter").archive());
        assertEquals("anonymous", alice.visit(at("whoami")).line("principal"));
    }

    private void assertNothingRemains(int times, WebArchive war) throws Exception {
        List<WeakReference<ClassLoader>> gone = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            loggedIn("alice");
            gone.add(new WeakReference<>(context().getLoader().getClassLoader()));
            undeploy();
            deploy(war);
        }
        awaitGone(gone);
        undeploy();
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("oidc-"))
                .toList();
        assertEquals(List.of(), threads);
    }

    /**
     * All but the last: the JDK keeps what it compared records of last. The static {@code OBJECT_EQ} of {@code
     * java.lang.runtime.ObjectMethods} has a cache of one type (its {@code asTypeCache}), which the next application replaces.
     */
    private static void awaitGone(List<WeakReference<ClassLoader>> all) throws InterruptedException {
        List<WeakReference<ClassLoader>> loaders = all.subList(0, all.size() - 1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (remaining(loaders) > 0) {
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

    private void deploy(WebArchive war) {
        Context deployed = tomcat.deploy(CONTEXT_PATH, war);
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
