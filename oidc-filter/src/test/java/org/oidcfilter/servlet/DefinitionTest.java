// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    private final Map<Object, Object> attributes = new HashMap<>();
    private final ServletContext context = Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
        case "getAttribute" -> attributes.get(arguments[0]);
        case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
        default -> throw new AssertionError("nobody expected " + method);
    });

    @Test
    void isWhatWasSet() {
        assertEquals(Map.of(), Definition.of(context));
        Definition.set(context, Map.of("oidc.client-id", "shop"));
        assertEquals(Map.of("oidc.client-id", "shop"), Definition.of(context));
    }

    @Test
    void mayLeaveItToTheContainerWhoMayDoWhat() {
        assertFalse(Definition.asksForContainerSecurity(context));
        Definition.set(context, Map.of("oidc.container-security", "true"));
        assertTrue(Definition.asksForContainerSecurity(context));
    }

    @Test
    void noValueIsPrinted() {
        Definition.set(context, Map.of("oidc.client-secret", "the-secret", "oidc.client-id", "shop"));
        assertEquals(
                "[Settings[oidc.client-id, oidc.client-secret]]",
                attributes.values().toString());
    }
}
