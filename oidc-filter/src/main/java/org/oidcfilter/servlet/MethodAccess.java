// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** Reads it. */
    public static MethodAccess of(Method method) {
        var type = method.getDeclaringClass();
        return new MethodAccess(
                declaredOn(method).or(() -> declaredOn(type)).orElseGet(Declared.Nothing::new),
                loginOn(method).or(() -> loginOn(type)));
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
        if (login.isPresent() && !(known instanceof CallerSession session && session.meets(needed))) {
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
