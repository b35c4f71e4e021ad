// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcRequest.Declared;

/**
 * What the class of the servlet that will answer declares with {@code @RolesAllowed}, {@code @PermitAll} or
 * {@code @DenyAll} (Jakarta Annotations 3). The nearest annotated class counts; the strictest annotation on it wins.
 */
final class DeclaredAccess {
    private static final Declared NOTHING = new Declared.Nothing();

    private final ServletContext context;
    private final Map<String, Declared> byServletName = new ConcurrentHashMap<>();

    DeclaredAccess(ServletContext context) {
        this.context = context;
    }

    Declared of(HttpServletRequest request) {
        var name = request.getHttpServletMapping().getServletName();
        return name == null || name.isEmpty() ? NOTHING : byServletName.computeIfAbsent(name, this::declared);
    }

    private Declared declared(String servletName) {
        var registration = context.getServletRegistration(servletName);
        var className = registration == null ? null : registration.getClassName();
        return className == null ? NOTHING : declared(load(className));
    }

    private static Declared declared(@Nullable Class<?> servlet) {
        for (var type = servlet; type != null; type = type.getSuperclass()) {
            if (type.isAnnotationPresent(DenyAll.class)) {
                return new Declared.DenyAll();
            }
            var allowed = type.getAnnotation(RolesAllowed.class);
            if (allowed != null) {
                return new Declared.RolesAllowed(Set.copyOf(List.of(allowed.value())));
            }
            if (type.isAnnotationPresent(PermitAll.class)) {
                return new Declared.PermitAll();
            }
        }
        return NOTHING;
    }

    /** The container's own servlets may be hidden from the application; they declare nothing. */
    private @Nullable Class<?> load(String className) {
        try {
            return Class.forName(className, false, context.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
