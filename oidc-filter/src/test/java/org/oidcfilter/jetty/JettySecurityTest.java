// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import org.eclipse.jetty.security.Constraint.Authorization;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oidcfilter.ConfigurationException;

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
}
