// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.RequireAuthentication;

/**
 * What the class of the servlet that will answer declares with {@code @RolesAllowed}, {@code @PermitAll} or
 * {@code @DenyAll} (Jakarta Annotations 3), and with {@code @RequireAuthentication}. The nearest annotated class counts; the strictest
 * annotation on it wins. Roles and logins are looked for apart, lest who writes of the one takes back the other.
 */
final class DeclaredAccess {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private static final Declarations NOTHING = new Declarations(new Declared.Nothing(), Optional.empty());

    private final ServletContext context;
    private final ServletClasses classes;
    private final Map<String, Declarations> byServletName = new ConcurrentHashMap<>();

    /** What one servlet declares: who may call it, and how they must have logged in. */
    private record Declarations(Declared access, Optional<LoginRequirement> login) {}

    DeclaredAccess(ServletContext context) {
        this.context = context;
        this.classes = new ServletClasses(context);
    }

    /** Who may call it. */
    Declared of(HttpServletRequest request) {
        return declarations(request).access();
    }

    /** How they must have logged in, if the servlet says so. */
    Optional<LoginRequirement> login(HttpServletRequest request) {
        return declarations(request).login();
    }

    /** Asked anew for each request: some containers take servlets while they run. */
    private Declarations declarations(HttpServletRequest request) {
        var name = request.getHttpServletMapping().getServletName();
        return name == null || name.isEmpty() ? NOTHING : byServletName.computeIfAbsent(name, this::declared);
    }

    private Declarations declared(String servletName) {
        return Optional.ofNullable(context.getServletRegistration(servletName))
                .flatMap(ServletClasses::name)
                .map(name -> classes.load(name).map(DeclaredAccess::declared).orElseGet(() -> unknown(name)))
                .orElse(NOTHING);
    }

    private static Declarations declared(Class<?> servlet) {
        if (hasMethodsThatRequire(servlet)) {
            LOG.log(
                    Level.WARNING,
                    () -> "@RequireAuthentication on a method of the servlet " + servlet.getName()
                            + " has no effect: put it on the class, or call CurrentLogin.require");
        }
        return new Declarations(access(servlet), login(servlet));
    }

    private static Declared access(Class<?> servlet) {
        return nearest(servlet, MethodAccess::declaredOn).orElse(NOTHING.access());
    }

    private static boolean hasMethodsThatRequire(Class<?> servlet) {
        try {
            return Arrays.stream(servlet.getDeclaredMethods())
                    .anyMatch(method -> method.isAnnotationPresent(RequireAuthentication.class));
        } catch (LinkageError e) {
            return false; // a method names a class that is not there; the servlet may do without it
        }
    }

    private static Optional<LoginRequirement> login(Class<?> servlet) {
        return nearest(servlet, MethodAccess::loginOn);
    }

    private static <T> Optional<T> nearest(Class<?> servlet, Function<Class<?>, Optional<T>> declaration) {
        return Stream.<Class<?>>iterate(servlet, Objects::nonNull, Class::getSuperclass)
                .map(declaration)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What cannot be read may say that nobody is allowed. */
    private static Declarations unknown(String className) {
        LOG.log(
                Level.ERROR,
                () -> "the servlet class " + className + " cannot be loaded to read its annotations: "
                        + "requests to it are refused");
        return new Declarations(new Declared.DenyAll(), Optional.empty());
    }
}
