// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;

class ContainerSecurityTest {
    @AfterEach
    void forget() {
        System.getProperties().keySet().removeIf(name -> name.toString().startsWith("oidc."));
    }

    private static String refusal(@Nullable String present) {
        var context = Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getAttribute" -> present;
            default -> throw new AssertionError("nobody expected " + method);
        });
        var refused =
                assertThrows(ConfigurationException.class, () -> ContainerSecurity.start(context, "cdi", "nothing"));
        return refused.problems().get(0);
    }

    @Test
    void anApplicationHasOneEdge() {
        var problem = refusal("tomcat");
        assertTrue(problem.contains("asked about twice, by tomcat and by cdi"), problem);
    }

    @Test
    void anEdgeThatNobodyAsksForDoesNotStart() {
        System.setProperty("oidc.issuer", "https://id.example");
        System.setProperty("oidc.client-id", "shop");
        System.setProperty("oidc.client-secret", "a-client-secret-of-more-than-32-characters");
        var problem = refusal(null);
        assertTrue(problem.contains("oidc.container-security is not true"), problem);
    }
}
