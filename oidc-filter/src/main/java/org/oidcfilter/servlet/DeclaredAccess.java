// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.oidcfilter.OidcRequest.Declared;

/**
 * What the class of the servlet that will answer declares with {@code @RolesAllowed}, {@code @PermitAll} or
 * {@code @DenyAll} (Jakarta Annotations 3). The nearest annotated class counts; the strictest annotation on it wins.
 */
final class DeclaredAccess {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    /** The container's own servlets may be hidden from the application; they declare nothing. */
    private static final List<String> CONTAINERS =
            List.of("org.apache.catalina.", "org.apache.jasper.", "org.eclipse.jetty.", "io.undertow.", "org.wildfly.");

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
        if (className == null || CONTAINERS.stream().anyMatch(className::startsWith)) {
            return NOTHING;
        }
        return loaders()
                .flatMap(loader -> load(className, loader).stream())
                .findFirst()
                .map(DeclaredAccess::declared)
                .orElseGet(() -> unknown(className));
    }

    private static Declared declared(Class<?> servlet) {
        for (Class<?> type = servlet; type != null; type = type.getSuperclass()) {
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

    private Stream<ClassLoader> loaders() {
        return Stream.of(
                        Optional.ofNullable(context.getClassLoader()),
                        Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                        Optional.ofNullable(DeclaredAccess.class.getClassLoader()))
                .flatMap(Optional::stream);
    }

    private static Optional<Class<?>> load(String className, ClassLoader loader) {
        try {
            return Optional.of(Class.forName(className, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** What cannot be read may say that nobody is allowed. */
    private static Declared unknown(String className) {
        LOG.log(
                Level.ERROR,
                () -> "the servlet class " + className + " cannot be loaded to read its annotations: "
                        + "requests to it are refused");
        return new Declared.DenyAll();
    }
}
