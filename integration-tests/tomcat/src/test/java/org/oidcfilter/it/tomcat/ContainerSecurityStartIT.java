// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.SingleSignOn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
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
        assertTold("enforced by Apache Tomcat/");
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
