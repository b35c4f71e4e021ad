// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.eclipse.jetty.security.Constraint.Authorization;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.Fake;

/** What needs no server; the rest is tested on Jetty itself. */
class JettySecurityTest {

    @Test
    void refusesAnApplicationWithoutServlets() {
        var failure = assertThrows(ConfigurationException.class, () -> JettySecurity.install(new ContextHandler()));

        assertTrue(String.valueOf(failure.getMessage()).contains("use the filter"), failure::getMessage);
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoRequestUnseen(Authorization existing) {
        var nothing = MethodHandles.identity(Object.class);
        var authenticator = new OidcAuthenticator(new ServletEnvironment(Object.class, nothing, nothing));

        var seen = authenticator.getConstraintAuthentication("/", existing, create -> {
            throw new AssertionError("no session is needed");
        });
        assertEquals(Authorization.ANY_USER, seen);
    }

    private static JettyEdge edge(ContextHandler application, SecurityHandler installed) {
        var nothing = MethodHandles.identity(Object.class);
        var factory =
                new JettyEdge.Factory(new OidcAuthenticator(new ServletEnvironment(Object.class, nothing, nothing)));
        installed.setAuthenticator(factory.authenticator());
        installed.setAuthenticatorFactory(factory);
        application.setHandler(installed);
        return new JettyEdge(application, installed, factory);
    }

    private static String problem(JettyEdge edge) {
        var context = Fake.of(ServletContext.class, (method, arguments) -> null);
        var event = new ServletContextEvent(context);
        return assertThrows(ConfigurationException.class, () -> edge.contextInitialized(event))
                .problems()
                .toString();
    }

    @Test
    void startsWhereJettyAsksUsOrWillDoSo() {
        var security = new SecurityHandler.PathMapped();
        var edge = edge(new ContextHandler(), security);
        assertTrue(problem(edge).contains("oidc.issuer"), "the next problem: there are no settings");
        security.setAuthenticator(null);
        assertTrue(problem(edge).contains("oidc.issuer"), "<login-config> discards it, and the factory gives it back");
    }

    @Test
    void doesNotStartWhereJettyAsksSomebodyElse() {
        var another = new SecurityHandler.PathMapped();
        var edge = edge(new ContextHandler(), another);
        another.setAuthenticator(new BasicAuthenticator());
        assertTrue(problem(edge).contains("Jetty asks somebody else"));

        var application = new ContextHandler();
        edge = edge(application, new SecurityHandler.PathMapped());
        application.setHandler(new SecurityHandler.PathMapped());
        assertTrue(problem(edge).contains("Jetty asks somebody else"));
    }

    @Test
    void doesNotStartAgainOnceItHasStopped() {
        var edge = edge(new ContextHandler(), new SecurityHandler.PathMapped());
        edge.contextDestroyed(new ServletContextEvent(Fake.of(ServletContext.class, Map.of())));
        assertTrue(problem(edge).contains("before each start"));
    }
}
