// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.Caller;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.RequireAuthentication;
import org.oidcfilter.rp.CallerSession;

/**
 * What a method declares about who may call it, with {@code @RolesAllowed}, {@code @PermitAll}, {@code @DenyAll} and
 * {@link RequireAuthentication}: its own annotation counts; if it has none, that of the class that declares it (Jakarta Annotations 2.1
 * section 2.1). What an interface or an overridden method says counts for nothing. Of several on one element the strictest wins.
 *
 * @param declared who may
 * @param login how they must have logged in, if at all
 */
public record MethodAccess(Declared declared, Optional<LoginRequirement> login) {
    /** Reads it; what a compiler put in between says nothing by itself. */
    public static MethodAccess of(Method called) {
        var method = called.isBridge() && !isAnnotated(called) ? bridged(called) : called;
        var type = method.getDeclaringClass();
        return new MethodAccess(
                declaredOn(method).or(() -> declaredOn(type)).orElseGet(Declared.Nothing::new),
                loginOn(method).or(() -> loginOn(type)));
    }

    private static Method bridged(Method bridge) {
        return Stream.<Class<?>>iterate(bridge.getDeclaringClass(), Objects::nonNull, Class::getSuperclass)
                .flatMap(MethodAccess::methods)
                .filter(method -> !method.isBridge() && isCalledBy(bridge, method))
                .findFirst()
                .orElse(bridge);
    }

    private static boolean isCalledBy(Method bridge, Method method) {
        var wide = bridge.getParameterTypes();
        var narrow = method.getParameterTypes();
        return method.getName().equals(bridge.getName())
                && wide.length == narrow.length
                && IntStream.range(0, wide.length).allMatch(i -> wide[i].isAssignableFrom(narrow[i]))
                && bridge.getReturnType().isAssignableFrom(method.getReturnType());
    }

    /**
     * A method of a superclass or an interface that says who may call it, or how they must have logged in, and is not heard, because {@code
     * method} takes its place and says nothing about that itself.
     */
    public static Optional<Method> unheard(Method method) {
        var own = of(method);
        return withOverridden(method)
                .skip(1)
                .filter(other -> {
                    var said = of(other);
                    return (own.declared() instanceof Declared.Nothing && said.isClosedByRole())
                            || (own.login().isEmpty() && said.login().isPresent());
                })
                .findFirst();
    }

    /** The method, and those that it implements or overrides, the nearest first. */
    public static Stream<Method> withOverridden(Method method) {
        return Stream.concat(
                Stream.of(method),
                supertypes(method.getDeclaringClass())
                        .flatMap(MethodAccess::methods)
                        .filter(other -> !other.isBridge() && isCalledBy(other, method)));
    }

    /** A class that lacks one of its own is one that nobody calls by it. */
    private static Stream<Method> methods(Class<?> type) {
        try {
            return Stream.of(type.getDeclaredMethods());
        } catch (LinkageError e) {
            return Stream.empty();
        }
    }

    private boolean isClosedByRole() {
        return declared instanceof Declared.DenyAll || declared instanceof Declared.RolesAllowed;
    }

    private static Stream<Class<?>> supertypes(Class<?> type) {
        var above = Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .toList();
        return Stream.concat(above.stream(), above.stream().flatMap(MethodAccess::supertypes));
    }

    /** Whether a method says something itself. */
    public static boolean isAnnotated(Method method) {
        return declaredOn(method).isPresent() || loginOn(method).isPresent();
    }

    /** Whether everybody may. */
    public boolean isOpen() {
        return login.isEmpty() && (declared instanceof Declared.Nothing || declared instanceof Declared.PermitAll);
    }

    /**
     * Lets the caller pass, or does not.
     *
     * @throws AccessDeniedException if they may not, or not without another login
     */
    public void check(Optional<Caller> caller) {
        if (declared instanceof Declared.DenyAll) {
            throw AccessDeniedException.forbidden("nobody may call this");
        }
        if (isOpen()) {
            return;
        }
        var needed = login.orElse(LoginRequirement.NONE);
        var known = caller.orElseThrow(() -> AccessDeniedException.nobody(needed));
        if (declared instanceof Declared.RolesAllowed allowed
                && allowed.roles().stream().noneMatch(role -> ServletRelyingParty.isInRole(known, role))) {
            throw AccessDeniedException.forbidden("the caller lacks a role; needed is one out of " + allowed.roles());
        }
        if (!(known instanceof CallerSession session ? session.meets(needed) : login.isEmpty())) {
            throw AccessDeniedException.insufficient(needed);
        }
    }

    /** What one element says by itself. */
    static Optional<Declared> declaredOn(AnnotatedElement element) {
        if (element.isAnnotationPresent(DenyAll.class)) {
            return Optional.of(new Declared.DenyAll());
        }
        var allowed = element.getAnnotation(RolesAllowed.class);
        if (allowed != null) {
            return Optional.of(new Declared.RolesAllowed(Set.copyOf(List.of(allowed.value()))));
        }
        return element.isAnnotationPresent(PermitAll.class) ? Optional.of(new Declared.PermitAll()) : Optional.empty();
    }

    /** What one element says by itself about the login. */
    static Optional<LoginRequirement> loginOn(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(RequireAuthentication.class))
                .map(LoginRequirement::of);
    }
}
