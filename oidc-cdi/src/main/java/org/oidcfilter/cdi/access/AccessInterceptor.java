// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.Caller;
import org.oidcfilter.servlet.MethodAccess;

/** Lets through whom the method's annotations allow. The caller is whom the filter or the container's security found. */
@Interceptor
@Guarded
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AccessInterceptor implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Goes with the class: this one may be shared by several applications. */
    private static final ClassValue<Map<Method, MethodAccess>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<Method, MethodAccess> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    @SuppressWarnings(
            "serial") // CDI injects a proxy that can be: beans that rest on disk take their interceptors along
    private final HttpServletRequest request;

    /** For the container. */
    @Inject
    public AccessInterceptor(HttpServletRequest request) {
        this.request = request;
    }

    /** @throws AccessDeniedException if the caller may not call the method */
    @AroundInvoke
    @Nullable
    Object check(InvocationContext invocation) throws Exception {
        var method = invocation.getMethod();
        KNOWN.get(method.getDeclaringClass())
                .computeIfAbsent(method, MethodAccess::of)
                .check(caller());
        return invocation.proceed();
    }

    /** Beans are called outside of requests, too: nobody is logged in there. */
    private Optional<Caller> caller() {
        try {
            return request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                    ? Optional.of(caller)
                    : Optional.empty();
        } catch (ContextNotActiveException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
