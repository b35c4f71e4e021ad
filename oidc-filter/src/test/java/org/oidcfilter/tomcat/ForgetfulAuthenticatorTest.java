// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Authenticator;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.authenticator.SingleSignOn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.Fake;

class ForgetfulAuthenticatorTest {
    private static final String HOME = "catalina.base";

    private final NonLoginAuthenticator authenticator = new NonLoginAuthenticator();
    private Valve[] valvesOfTheHost = {};

    /** Tomcat's registry of modules wants to know where it lives. */
    @BeforeEach
    void liveSomewhere(@TempDir Path folder) {
        System.setProperty(HOME, folder.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(HOME);
    }

    private ServletContext tomcat(@Nullable Authenticator ofTheApplication) {
        var host = Fake.of(Container.class, (method, arguments) -> container(method, valvesOfTheHost));
        var context = Fake.of(Context.class, (method, arguments) -> switch (method) {
            case "getAuthenticator" -> ofTheApplication;
            case "getParent" -> host;
            default -> container(method);
        });
        return Fake.of(
                ServletContext.class,
                Map.of(
                        "getAttribute",
                        Fake.of(WebResourceRoot.class, Map.of("getContext", context)),
                        "getVirtualServerName",
                        "Catalina/localhost",
                        "getContextPath",
                        "/shop",
                        "getServerInfo",
                        "Apache Tomcat/11.0.24"));
    }

    private static @Nullable Object container(String method, Valve... valves) {
        return switch (method) {
            case "getPipeline" -> Fake.of(Pipeline.class, Map.of("getValves", valves));
            case "getParent" -> null;
            default -> throw new AssertionError("nobody expected " + method);
        };
    }

    @Test
    void remembersNobodyUntilItEnds() {
        var forgetful = ForgetfulAuthenticator.of(tomcat(authenticator));
        assertTrue(authenticator.getCache());
        forgetful.begin();
        assertFalse(authenticator.getCache());
        assertFalse(authenticator.getChangeSessionIdOnAuthentication());
        forgetful.end();
        assertTrue(authenticator.getCache());
        assertTrue(authenticator.getChangeSessionIdOnAuthentication());
    }

    @Test
    void leavesBehindWhatTheServerSays() {
        authenticator.setCache(false);
        authenticator.setChangeSessionIdOnAuthentication(false);
        var forgetful = ForgetfulAuthenticator.of(tomcat(authenticator));
        forgetful.begin();
        forgetful.end();
        assertFalse(authenticator.getCache());
        assertFalse(authenticator.getChangeSessionIdOnAuthentication());
    }

    @Test
    void refusesAnAuthenticatorThatCannotBeTold() {
        assertProblem("has none", tomcat(null));
        assertProblem("has none", tomcat(Fake.of(Authenticator.class, Map.of())));
    }

    @Test
    void refusesASingleSignOnThatRemembersCallers() {
        valvesOfTheHost = new Valve[] {new SingleSignOn()};
        assertProblem("SingleSignOn", tomcat(authenticator));
        assertTrue(authenticator.getCache());
    }

    private static void assertProblem(String text, ServletContext context) {
        var problems = assertThrows(ConfigurationException.class, () -> ForgetfulAuthenticator.of(context))
                .problems();
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains(text), problems::toString);
    }
}
