// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.SingleSignOn;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.Page;
import org.oidcfilter.it.scenarios.ProtectedApplication;
import org.oidcfilter.it.scenarios.TestWar;

/** What Tomcat must not start, and what the operator is told. */
class ContainerSecurityStartIT {
    private static final Logger LOG = Logger.getLogger("");

    private final DevelopmentProvider provider = ProtectedApplication.startProvider();
    private final EmbeddedTomcat tomcat = new EmbeddedTomcat("tomcat-start");
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Listener();

    @BeforeEach
    void start() {
        tomcat.start();
        LOG.addHandler(listener);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(listener);
        tomcat.stop();
        provider.close();
    }

    @Test
    void saysWhatIsReadyAndWhoEnforcesWhat() {
        assertTrue(started(war()));
        assertTold("OIDC container security of '/start' is ready");
        assertTold("enforced by Apache Tomcat/" + System.getProperty("tomcat.version") + ": ");
    }

    @Test
    void refusesASettingThatIsNeitherTrueNorFalse() {
        assertFalse(started(war().settings(Map.of("oidc.container-security", "perhaps"))));
        assertTold("oidc.container-security must be");
    }

    @Test
    void refusesToStartWithAProblemOfAnySetting() {
        assertFalse(started(war().settings(Map.of("oidc.refresh-ahead", "soon", "oidc.clok-skew", "1s"))));
        assertTold("oidc.refresh-ahead must");
        assertTold("oidc.clok-skew");
    }

    @Test
    void refusesRulesOfTheFilter() {
        assertFalse(started(war().settings(Map.of("oidc.public-paths", "/public/*"))));
        assertTold("oidc.public-paths is not asked with oidc.container-security");
    }

    @Test
    void refusesTheFilterBesideIt() {
        assertFalse(started(war().filter()));
        assertTold("remove one of them");
    }

    @Test
    void refusesAServerThatRemembersCallers() {
        tomcat.tomcat().getHost().getPipeline().addValve(new SingleSignOn());
        assertFalse(started(war()));
        assertTold("does not go with the valve SingleSignOn");
    }

    @Test
    void refusesAnotherVersionOfTheApplicationBesideIt() throws LifecycleException {
        Context first = tomcat.deploy("/start", war().archive());
        Context second = tomcat.deployVersion("2", "/start", war().archive());
        assertTrue(first.getState().isAvailable());
        assertFalse(second.getState().isAvailable());
        assertTold(
                "another application has an authentication module at '/start' of this host already, such as another version"
                        + " of this one (parallel deployment): undeploy it first, or use the filter");
        URI page = tomcat.uri().resolve("/start/whoami");
        assertTrue(new Browser().visit(page).location().toString().startsWith(provider.issuer() + "/authorize?"));

        tomcat.tomcat().getHost().removeChild(first);
        second.start();
        assertTrue(second.getState().isAvailable());
        assertTrue(new Browser().visit(page).location().toString().startsWith(provider.issuer() + "/authorize?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASIC", "FORM", "DIGEST"})
    void asksTheRelyingPartyWhateverLoginConfigSays(String method) throws IOException {
        WebArchive archive =
                with("<login-config><auth-method>" + method + "</auth-method></login-config>", war().archive());
        assertTrue(tomcat.deploy("/start", archive).getState().isAvailable());
        Page page = new Browser().visit(tomcat.uri().resolve("/start/whoami"));
        assertTrue(page.location().toString().startsWith(provider.issuer() + "/authorize?"));
        assertEquals(Optional.empty(), page.headers().firstValue("WWW-Authenticate"));
    }

    /** Tomcat calls no initializer of ours then; with the listener of the fragment in web.xml that does not go unnoticed. */
    @Test
    void refusesADescriptorThatLeavesOutItsInitializer() throws IOException {
        WebArchive archive = with(
                "<absolute-ordering/><listener><listener-class>org.oidcfilter.servlet.UpgradeGuard</listener-class></listener>",
                war().archive());
        assertFalse(tomcat.deploy("/start", archive).getState().isAvailable());
        assertTold("<absolute-ordering>");
    }

    /** With these elements in {@code web.xml}, too. */
    private static WebArchive with(String elements, WebArchive archive) throws IOException {
        String descriptor = new String(
                archive.get("WEB-INF/web.xml").getAsset().openStream().readAllBytes(), StandardCharsets.UTF_8);
        return archive.setWebXML(new StringAsset(descriptor.replace("</web-app>", elements + "</web-app>")));
    }

    @Test
    void anApplicationThatAsksForNothingNoticesNothing() {
        tomcat.tomcat().getHost().getPipeline().addValve(new SingleSignOn());
        assertTrue(started(TestWar.named("start")));
        assertTrue(told.stream().noneMatch(line -> line.contains("OIDC")), told::toString);
    }

    private TestWar war() {
        return TestWar.named("start").constrained().settings(ProtectedApplication.trust(provider));
    }

    private boolean started(TestWar war) {
        Context context = tomcat.deploy("/start", war.archive());
        return context.getState().isAvailable();
    }

    private void assertTold(String text) {
        assertTrue(told.stream().anyMatch(line -> line.contains(text)), () -> text + " is not in " + told);
    }

    /** Everything that is logged, with the messages of exceptions. */
    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord entry) {
            told.add(String.valueOf(entry.getMessage()));
            for (@Nullable Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
                told.add(String.valueOf(cause.getMessage()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
