// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestListener;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.servlet.Fake;

class ContainerSecurityInitializerTest {
    private static final String SETTING = "oidc.container-security";

    private final List<Object> listeners = new ArrayList<>();

    @AfterEach
    void forget() {
        System.clearProperty(SETTING);
    }

    /** A container other than Tomcat. */
    private void start() throws Exception {
        new ContainerSecurityInitializer()
                .onStartup(null, Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
                    case "getAttribute" -> null;
                    case "setAttribute" -> null;
                    case "addListener" -> listeners.add(arguments[0]);
                    case "addFilter" -> null; // as where it is there already
                    default -> throw new AssertionError("nobody expected " + method);
                }));
    }

    @Test
    void containersFindIt() {
        assertTrue(ServiceLoader.load(ServletContainerInitializer.class).stream()
                .anyMatch(found -> found.type() == ContainerSecurityInitializer.class));
    }

    @Test
    void looksWhetherTheContainerAsksUsForThoseWhoTurnOutToWantIt() throws Exception {
        start();
        assertEquals(1, listeners.size(), "what a listener of the application says is not known yet");
        assertInstanceOf(ServletContextListener.class, listeners.get(0));
        assertInstanceOf(ServletRequestListener.class, listeners.get(0), "containers leave some requests open");
    }

    @Test
    void namesNothingThatOtherContainersLack() {
        var type = ContainerSecurityInitializer.class;
        var named = Stream.concat(
                Stream.of(type.getDeclaredFields()).map(Field::getType),
                Stream.of(type.getDeclaredMethods())
                        .flatMap(method -> Stream.concat(
                                Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))));
        assertEquals(
                List.of(),
                named.filter(any -> any.getName().startsWith("org.apache.")
                                || any.getName().startsWith("jakarta.security."))
                        .toList());
        assertTrue(Stream.of(type.getDeclaredMethods()).map(Method::getName).anyMatch("onStartup"::equals));
    }
}
