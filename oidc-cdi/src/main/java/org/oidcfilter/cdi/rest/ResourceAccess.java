// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private static final Logger LOG = System.getLogger("org.oidcfilter");

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
            try {
                var called = Proxies.ofWhat(type).getMethod(method.getName(), method.getParameterTypes());
                MethodAccess.unheard(called).ifPresent(other -> warn(called));
                return MethodAccess.of(called);
            } catch (NoSuchMethodException e) {
                return MethodAccess.of(method);
            }
        }

        private static void warn(Method called) {
            LOG.log(
                    Level.WARNING,
                    () -> "Nobody looks at what annotations such as @RolesAllowed say about the method that "
                            + called.getDeclaringClass().getName() + "." + called.getName()
                            + " takes the place of. Annotate this one");
        }
    }

    @Override
    public void filter(ContainerRequestContext exchange) throws IOException {
        var matched = Objects.requireNonNull(resource);
        var target = new Target(matched.getResourceClass(), matched.getResourceMethod());
        var current = Objects.requireNonNull(request);
        var caller = caller(current);
        try {
            for (var locator : Locators.of(exchange.getUriInfo().getMatchedResources())) {
                locator.check(caller);
            }
            known.computeIfAbsent(target, Target::access).check(caller);
        } catch (AccessDeniedException denied) {
            exchange.abortWith(Replied.response(denied, current, Objects.requireNonNull(response)));
        }
    }

    private static Optional<Caller> caller(HttpServletRequest request) {
        return request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }
}
