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
import org.oidcfilter.OidcRequest.Declared;

/**
 * What the class of the servlet that will answer declares with {@code @RolesAllowed}, {@code @PermitAll} or
 * {@code @DenyAll} (Jakarta Annotations 3). The nearest annotated class counts; the strictest annotation on it wins.
 */
final class DeclaredAccess {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private static final Declared NOTHING = new Declared.Nothing();

    private final ServletContext context;
    private final ServletClasses classes;
    private final Map<String, Declared> byServletName = new ConcurrentHashMap<>();

    DeclaredAccess(ServletContext context) {
        this.context = context;
        this.classes = new ServletClasses(context);
    }

    /** Asked anew for each request: some containers take servlets while they run. */
    Declared of(HttpServletRequest request) {
        var name = request.getHttpServletMapping().getServletName();
        return name == null || name.isEmpty() ? NOTHING : byServletName.computeIfAbsent(name, this::declared);
    }

    private Declared declared(String servletName) {
        return Optional.ofNullable(context.getServletRegistration(servletName))
                .flatMap(ServletClasses::name)
                .map(name -> classes.load(name).map(DeclaredAccess::declared).orElseGet(() -> unknown(name)))
                .orElse(NOTHING);
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

    /** What cannot be read may say that nobody is allowed. */
    private static Declared unknown(String className) {
        LOG.log(
                Level.ERROR,
                () -> "the servlet class " + className + " cannot be loaded to read its annotations: "
                        + "requests to it are refused");
        return new Declared.DenyAll();
    }
}
