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
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.MethodAccess;

/**
 * Has {@link AccessInterceptor} look at each method of a bean that {@code @RolesAllowed}, {@code @DenyAll} or
 * {@code @RequireAuthentication} closes. Not at enterprise beans, whose container does it, nor at servlets, whose annotations
 * the filter and the edges of container security know. What nobody looks at is said at the start.
 */
public class AccessExtension implements Extension {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private static final Set<String> ENTERPRISE_BEANS = Set.of(
            "jakarta.ejb.Stateless", "jakarta.ejb.Stateful", "jakarta.ejb.Singleton", "jakarta.ejb.MessageDriven");

    private final Set<String> unguarded = new TreeSet<>();
    private final Set<String> impossible = new TreeSet<>();

    /** For the container. */
    public AccessExtension() {}

    void addInterceptor(@Observes BeforeBeanDiscovery discovery) {
        discovery.addAnnotatedType(AccessInterceptor.class, AccessInterceptor.class.getName());
    }

    /** Superclasses count, too, so that no filter by annotation finds all types. */
    <T> void guard(@Observes ProcessAnnotatedType<T> event) {
        var type = event.getAnnotatedType().getJavaClass();
        var methods = event.getAnnotatedType().getMethods().stream()
                .map(method -> method.getJavaMember())
                .toList();
        methods.stream()
                .filter(method -> MethodAccess.unheard(method).isPresent())
                .forEach(method -> unguarded.add(name(method) + " (takes the place of an annotated one)"));
        var closed = methods.stream()
                .filter(method -> !MethodAccess.of(method).isOpen())
                .toList();
        if (isEnterpriseBean(type)) {
            refuse(closed);
        } else if (isOthers(type)) {
            closed.forEach(this::remember);
        } else {
            guard(event, closed);
        }
    }

    private void guard(ProcessAnnotatedType<?> event, List<Method> closed) {
        closed.stream().filter(method -> !isCalledByProxies(method)).forEach(this::remember);
        if (closed.stream().anyMatch(AccessExtension::isCalledByProxies)) {
            event.configureAnnotatedType()
                    .filterMethods(method ->
                            closed.contains(method.getJavaMember()) && isCalledByProxies(method.getJavaMember()))
                    .forEach(method -> method.add(Guarded.Literal.INSTANCE));
        }
    }

    void tell(@Observes AfterDeploymentValidation validation) {
        if (!impossible.isEmpty()) {
            validation.addDeploymentProblem(new ConfigurationException(List.of(
                    "@RequireAuthentication is not looked at on enterprise beans; put it on the servlet, resource or"
                            + " CDI bean that calls " + String.join(", ", impossible))));
        }
        if (!unguarded.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "Nobody looks at what annotations such as @RolesAllowed say about these methods: they are"
                            + " private, static, of a servlet or filter, or take the place of one that is annotated."
                            + " Annotate what is called in the end: " + String.join(", ", unguarded));
        }
    }

    /** Nobody else knows our annotation. */
    private void refuse(List<Method> closed) {
        closed.stream()
                .filter(method -> MethodAccess.of(method).login().isPresent())
                .forEach(method -> impossible.add(name(method)));
    }

    private static boolean isOthers(Class<?> type) {
        return type.isInterface()
                || Servlet.class.isAssignableFrom(type)
                || Filter.class.isAssignableFrom(type)
                || type.isAnnotationPresent(Interceptor.class)
                || type.isAnnotationPresent(Decorator.class);
    }

    /** Only a server has a container for them: where the API is the application's own, they are beans like others. */
    private static boolean isEnterpriseBean(Class<?> type) {
        return Stream.of(type.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> ENTERPRISE_BEANS.contains(annotation.getName())
                        && annotation.getClassLoader() != AccessExtension.class.getClassLoader());
    }

    private static boolean isCalledByProxies(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /** A class's annotation is no promise about what only the class itself can call. */
    private void remember(Method method) {
        if (MethodAccess.isAnnotated(method)) {
            unguarded.add(name(method));
        }
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
