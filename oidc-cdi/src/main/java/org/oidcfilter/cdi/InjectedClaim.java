// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.inject.Provider;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.EventListener;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;

/**
 * The claim that is asked for in one place.
 *
 * @param name the name of the claim
 * @param caller whose it is, if anybody is logged in
 */
record InjectedClaim(String name, Optional<Caller> caller) {
    static InjectedClaim at(InjectionPoint point, Optional<Caller> caller) {
        var name = nameAt(point).orElseThrow();
        if (!isLookUp(point)
                && (isAround(point.getBean()) || isOfTheServer(point.getMember().getDeclaringClass()))) {
            throw new IllegalStateException(outOfDate(point, "which can outlive requests"));
        }
        return new InjectedClaim(name, caller);
    }

    /** The name of the claim that is to be injected, if it is one. */
    static Optional<String> nameAt(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(Claim.class::isInstance)
                .map(qualifier -> ((Claim) qualifier).value())
                .findFirst();
    }

    /** Whether the value is asked for when it is needed: what is injected is not the value itself. */
    static boolean isLookUp(InjectionPoint point) {
        return point.getAnnotated() == null || isLookUp(point.getAnnotated().getBaseType());
    }

    /** What to do where a claim would be kept too long. */
    static String outOfDate(InjectionPoint point, String holder) {
        var member = point.getMember();
        return "@Claim(\"" + nameAt(point).orElse("") + "\") in "
                + member.getDeclaringClass().getName() + "."
                + member.getName() + ", " + holder + ", would be that of another caller before long: inject Instance or"
                + " Provider of it, and ask for the value at each call";
    }

    <T> T required(ClaimType<T> type) {
        if (caller.isEmpty()) {
            throw new IllegalStateException("nobody is logged in, so that there is no claim '" + name
                    + "': inject an Optional where that can happen");
        }
        return optional(type)
                .orElseThrow(() -> new IllegalStateException(
                        "there is no claim '" + name + "' of the caller: inject an Optional where that can happen"));
    }

    <T> Optional<T> optional(ClaimType<T> type) {
        return caller.map(known -> known.claims().asMap().get(name)).map(value -> type.reader()
                .apply(value)
                .orElseThrow(() -> new IllegalStateException("the claim '" + name + "' is no " + type.name())));
    }

    private static boolean isLookUp(Type type) {
        return type instanceof ParameterizedType generic
                && (generic.getRawType() == Instance.class || generic.getRawType() == Provider.class);
    }

    /** It lives as long as the bean that it is around, whichever that is. */
    private static boolean isAround(@Nullable Bean<?> bean) {
        return bean instanceof Interceptor || bean instanceof Decorator;
    }

    /** The server makes one for all requests. */
    private static boolean isOfTheServer(Class<?> type) {
        return Stream.of(Servlet.class, Filter.class, EventListener.class)
                .anyMatch(kind -> kind.isAssignableFrom(type));
    }
}
