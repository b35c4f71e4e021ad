// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import jakarta.decorator.Decorator;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.EventListener;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.oidcfilter.servlet.MethodAccess;

/**
 * Has {@link AccessInterceptor} look at each method of a bean that {@code @RolesAllowed}, {@code @DenyAll} or
 * {@code @RequireAuthentication} closes. Not at enterprise beans, whose container does it, nor at servlets, whose annotations
 * the filter and the edges of container security know.
 */
public class AccessExtension implements Extension {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private static final Set<String> ENTERPRISE_BEANS = Set.of(
            "jakarta.ejb.Stateless", "jakarta.ejb.Stateful", "jakarta.ejb.Singleton", "jakarta.ejb.MessageDriven");

    private final Set<String> unguarded = new TreeSet<>();

    /** For the container. */
    public AccessExtension() {}

    void addInterceptor(@Observes BeforeBeanDiscovery discovery) {
        discovery.addAnnotatedType(AccessInterceptor.class, AccessInterceptor.class.getName());
    }

    /** Superclasses count, too, so that no filter by annotation finds all types. */
    <T> void guard(@Observes ProcessAnnotatedType<T> event) {
        var type = event.getAnnotatedType().getJavaClass();
        if (isOthers(type)) {
            return;
        }
        var closed = event.getAnnotatedType().getMethods().stream()
                .map(method -> method.getJavaMember())
                .filter(method ->
                        !method.isSynthetic() && !MethodAccess.of(method).isOpen())
                .toList();
        closed.stream().filter(method -> !isCalledByProxies(method)).forEach(this::remember);
        if (closed.stream().anyMatch(AccessExtension::isCalledByProxies)) {
            event.configureAnnotatedType()
                    .filterMethods(method ->
                            closed.contains(method.getJavaMember()) && isCalledByProxies(method.getJavaMember()))
                    .forEach(method -> method.add(Guarded.Literal.INSTANCE));
        }
    }

    void warn(@Observes AfterDeploymentValidation validation) {
        if (!unguarded.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () ->
                            "These methods have annotations such as @RolesAllowed of their own, but are private or static, so that CDI cannot"
                                    + " have them checked; annotate who calls them: " + String.join(", ", unguarded));
        }
    }

    private static boolean isOthers(Class<?> type) {
        return type.isInterface()
                || Servlet.class.isAssignableFrom(type)
                || Filter.class.isAssignableFrom(type)
                || EventListener.class.isAssignableFrom(type)
                || type.isAnnotationPresent(Interceptor.class)
                || type.isAnnotationPresent(Decorator.class)
                || Stream.of(type.getAnnotations())
                        .anyMatch(annotation -> ENTERPRISE_BEANS.contains(
                                annotation.annotationType().getName()));
    }

    private static boolean isCalledByProxies(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /** A class's annotation is no promise about what only the class itself can call. */
    private void remember(Method method) {
        if (MethodAccess.isAnnotated(method)) {
            unguarded.add(method.getDeclaringClass().getName() + "." + method.getName());
        }
    }
}
