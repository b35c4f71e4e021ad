// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.ProtectedApplication;
import org.oidcfilter.it.scenarios.TestWar;

/** How an application with container security starts, or why it does not, and that it goes away without a trace. */
class ContainerStartIT implements ProtectedApplication {
    private static final int REDEPLOYS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DevelopmentProvider provider = ProtectedApplication.startProvider();
    private final EmbeddedJetty jetty = new EmbeddedJetty();
    private @Nullable URI application;

    @BeforeEach
    void start() throws Exception {
        jetty.start();
    }

    /** Each test does so when it has started an application. */
    @BeforeEach
    @Override
    public void register() {}

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
        provider.close();
    }

    @Override
    public URI application() {
        return Objects.requireNonNull(application);
    }

    @Override
    public DevelopmentProvider provider() {
        return provider;
    }

    @Test
    void saysToTheApplicationWhoAsksForLogins() throws Exception {
        var context = jetty.deploy(JettyWebXml.addedTo(plain().constrained().archive()));

        assertEquals("jetty", context.getContext().getAttribute("org.oidcfilter.container-security"));
    }

    @Test
    void doesNotStartWithoutTheSetting() {
        var war = JettyWebXml.addedTo(plain().archive());

        assertFailsNaming("oidc.container-security is not true", war);
    }

    @Test
    void doesNotStartWithoutTheLinesThatHaveJettyAskUs() {
        assertFailsNaming("add WEB-INF/jetty-web.xml", plain().constrained().archive());
    }

    @Test
    void aLibraryThatIsForOtherContainersIsNoSubstitute() {
        var libraries = new File(System.getProperty("web-inf-lib"), "../oidc-cdi").listFiles();
        var war = plain().constrained().archive().addAsLibraries(Objects.requireNonNull(libraries));

        assertFailsNaming("add WEB-INF/jetty-web.xml", war);
    }

    @Test
    void doesNotStartBesideTheFilter() {
        var war = JettyWebXml.addedTo(plain().filter()
                .settings(Map.of("oidc.container-security", "true"))
                .archive());

        assertFailsNaming("remove one of them", war);
    }

    @Test
    void doesNotStartWithSettingsThatNobodyLooksAt() {
        var war = JettyWebXml.addedTo(plain().constrained()
                .settings(Map.of("oidc.scope", "openid", "oidc.issuer", "not an address"))
                .archive());

        assertFailsNaming("oidc.issuer", war);
    }

    @Test
    void noLoginConfigurationOfWebXmlGetsInTheWay() throws Exception {
        var login =
                "<login-config><auth-method>FORM</auth-method><form-login-config><form-login-page>/in</form-login-page>"
                        + "<form-error-page>/out</form-error-page></form-login-config></login-config>";
        deploy(JettyWebXml.addedTo(plain().constrained().archive(), login));

        assertEquals("alice", loggedIn("alice").visit(at("whoami")).line("subject"));
    }

    @Test
    void redeploysLeaveNoClassLoaderBehind() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < REDEPLOYS; i++) {
            loaders.add(usedAndUndeployed());
        }
        assertTrue(areGone(loaders), () -> remaining(loaders) + " are left");
    }

    /** In a method of its own, so that no variable of the caller holds on to it. */
    private WeakReference<ClassLoader> usedAndUndeployed() throws Exception {
        var war = JettyWebXml.addedTo(plain().constrained().archive());
        var context = jetty.deploy(war);
        register(war);
        var alice = loggedIn("alice");
        assertEquals("alice", alice.visit(at("public/whoami")).line("subject"));
        assertEquals("alice", alice.visit(at("async?how=dispatch")).line("subject"));
        alice.visit(
                at("signout")); // timers of Jetty keep what sessions hold, of whatever application, when it has gone
        var loader = new WeakReference<>(context.getClassLoader());
        assertFalse(loader.refersTo(getClass().getClassLoader()));
        jetty.undeploy(context);
        return loader;
    }

    /**
     * All but the last: the JDK keeps what it compared records of last. The static {@code OBJECT_EQ} of {@code
     * java.lang.runtime.ObjectMethods} has a cache of one type (its {@code asTypeCache}), which the next application replaces.
     */
    private static boolean areGone(List<WeakReference<ClassLoader>> loaders) {
        var end = Instant.now().plus(PATIENCE);
        var replaced = loaders.subList(0, loaders.size() - 1);
        while (Instant.now().isBefore(end) && remaining(replaced) > 0) {
            System.gc();
            var pressure = Stream.generate(() -> new byte[1 << 20]).limit(32).toList();
            assertEquals(32, pressure.size());
        }
        return remaining(replaced) == 0;
    }

    private static long remaining(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private TestWar plain() {
        return TestWar.named("start").settings(ProtectedApplication.trust(provider));
    }

    private void deploy(WebArchive war) throws Exception {
        jetty.deploy(war);
        register(war);
    }

    private void register(WebArchive war) {
        application = jetty.uri(war);
        ProtectedApplication.super.register();
    }

    private void assertFailsNaming(String reason, WebArchive war) {
        Throwable failure = assertThrows(Exception.class, () -> jetty.deploy(war));
        var messages = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .toList();
        assertTrue(
                messages.stream().anyMatch(message -> message != null && message.contains(reason)), messages::toString);
    }
}
