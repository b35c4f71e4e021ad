// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.Caller;
import org.oidcfilter.servlet.MethodAccess;

/** Lets through whom the annotations of the matched resource method allow. */
public class ResourceAccess implements ContainerRequestFilter {
    private final Map<Target, MethodAccess> known = new ConcurrentHashMap<>();

    @Context
    private @Nullable ResourceInfo resource;

    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable HttpServletResponse response;

    /** For the container. */
    public ResourceAccess() {}

    /** A method of a resource, which may have it from elsewhere. */
    private record Target(Class<?> type, Method method) {
        /** The method that is called in the end: annotations of what it overrides count for nothing. */
        MethodAccess access() {
            var declaring = type;
            while (isProxy(declaring)) {
                declaring = declaring.getSuperclass();
            }
            try {
                return MethodAccess.of(declaring.getMethod(method.getName(), method.getParameterTypes()));
            } catch (NoSuchMethodException e) {
                return MethodAccess.of(method);
            }
        }

        /** Of CDI: it repeats the methods without their annotations. */
        private static boolean isProxy(Class<?> type) {
            return type.isSynthetic() || type.getName().contains("$$_Weld");
        }
    }

    @Override
    public void filter(ContainerRequestContext exchange) throws IOException {
        var matched = Objects.requireNonNull(resource);
        var target = new Target(matched.getResourceClass(), matched.getResourceMethod());
        var current = Objects.requireNonNull(request);
        try {
            known.computeIfAbsent(target, Target::access).check(caller(current));
        } catch (AccessDeniedException denied) {
            exchange.abortWith(Replied.response(denied, current, Objects.requireNonNull(response)));
        }
    }

    private static Optional<Caller> caller(HttpServletRequest request) {
        return request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }
}
