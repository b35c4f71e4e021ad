// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.oidcfilter.servlet.MethodAccess;

/**
 * What leads from one resource to another (sub-resource locators, Jakarta RESTful Web Services 3.1 section 3.4.1) has run when filters
 * are asked. Its annotations are checked nevertheless: nobody sees the answer who may not take the way.
 */
final class Locators {
    private Locators() {}

    /** @param matched the resources that a request came by, the last one first */
    static List<MethodAccess> of(List<Object> matched) {
        return IntStream.range(1, matched.size())
                .mapToObj(i ->
                        between(matched.get(i).getClass(), matched.get(i - 1).getClass()))
                .flatMap(locators -> locators)
                .toList();
    }

    /** Of several that could have led there all count. */
    private static Stream<MethodAccess> between(Class<?> resource, Class<?> located) {
        return Stream.of(Proxies.ofWhat(resource).getMethods())
                .filter(method -> !method.isBridge() && isLocator(method) && leadsTo(located, method.getReturnType()))
                .map(MethodAccess::of)
                .filter(access -> !access.isOpen());
    }

    private static boolean leadsTo(Class<?> located, Class<?> declared) {
        return declared.isAssignableFrom(located) || declared == Class.class;
    }

    /** Whether a method, or what it implements or overrides, says so: such annotations are inherited (section 3.6). */
    private static boolean isLocator(Method method) {
        return MethodAccess.withOverridden(method)
                .filter(one -> one.isAnnotationPresent(Path.class))
                .anyMatch(one -> Stream.of(one.getAnnotations())
                        .noneMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class)));
    }
}
