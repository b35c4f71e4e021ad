// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.Definition;
import org.oidcfilter.servlet.UnseenDefinition;

class UnseenDefinitionTest {
    private final Map<Object, Object> attributes = new HashMap<>();

    @OpenIdAuthenticationMechanismDefinition(clientId = "shop")
    static class Secured extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void anApplicationWhoseDefinitionNobodySeesDoesNotStart() {
        var context = context(Secured.class);
        new AccessInitializer().onStartup(null, context);
        var problem = assertThrows(ConfigurationException.class, () -> UnseenDefinition.refuse(context))
                .problems()
                .get(0);
        assertTrue(problem.contains(Secured.class.getName()), problem);
    }

    @Test
    void oneThatIsSeenIsNotUnseen() {
        var context = context(Secured.class);
        new AccessInitializer().onStartup(null, context);
        Definition.set(context, Map.of("oidc.client-id", "shop"));
        assertDoesNotThrow(() -> UnseenDefinition.refuse(context));
    }

    @Test
    void whereThereIsNoneNothingIsMissing() {
        var context = context(Plain.class);
        new AccessInitializer().onStartup(null, context);
        assertDoesNotThrow(() -> UnseenDefinition.refuse(context));
    }

    /** Without oidc-cdi the server may have its own mechanism of it. */
    @Test
    void whoeverElseReadsItIsLeftAlone() {
        assertDoesNotThrow(() -> UnseenDefinition.refuse(context(Secured.class)));
    }

    private ServletContext context(Class<?> servlet) {
        var registration = proxy(
                ServletRegistration.class,
                (method, arguments) -> method.equals("getName") ? "a servlet" : servlet.getName());
        return proxy(ServletContext.class, (method, arguments) -> switch (method) {
            case "getAttribute" -> attributes.get(arguments[0]);
            case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
            case "getServletRegistrations" -> Map.of("servlet", registration);
            case "addFilter" -> null;
            case "getClassLoader" -> UnseenDefinitionTest.class.getClassLoader();
            default -> throw new AssertionError("nobody expected " + method);
        });
    }

    private static <T> T proxy(Class<T> type, BiFunction<String, Object[], @Nullable Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.apply(method.getName(), arguments)));
    }
}
