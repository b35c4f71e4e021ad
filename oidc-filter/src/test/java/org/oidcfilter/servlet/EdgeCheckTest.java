// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.ConfigurationException;

class EdgeCheckTest {
    private static final String SETTING = "oidc.container-security";

    @BeforeEach
    void ask() {
        System.setProperty(SETTING, "true");
    }

    @AfterEach
    void forget() {
        System.clearProperty(SETTING);
    }

    private static void start(String server, @Nullable String edge) {
        var context = Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getServerInfo" -> server;
            case "getAttribute" -> edge;
            default -> throw new AssertionError("nobody expected " + method);
        });
        new EdgeCheck().contextInitialized(new ServletContextEvent(context));
    }

    @Test
    void startsWhereAnEdgeOfTheContainerIsThere() {
        start("jetty/12.1.10", "jetty");
    }

    @Test
    void startsWhereNobodyAsksForOne() {
        System.setProperty(SETTING, "false");
        start("A Server/1.0", null);
        System.clearProperty(SETTING);
        start("A Server/1.0", null);
    }

    @ParameterizedTest
    @CsvSource({
        "jetty/12.1.10, WEB-INF/jetty-web.xml",
        "WildFly Full 39.0.1.Final (WildFly Core 31.0.1.Final) - 2.3.20.Final, oidc-cdi",
        "A Server/1.0, org.oidcfilter.servlet.OidcFilter"
    })
    void refusesWhereTheContainerWouldAskNobodyAndSaysWhatToDo(String server, String remedy) {
        var problem = assertThrows(ConfigurationException.class, () -> start(server, null))
                .problems()
                .get(0);
        assertTrue(problem.startsWith("oidc.container-security ") && problem.contains(server), problem);
        assertTrue(problem.contains(remedy), problem);
    }
}
