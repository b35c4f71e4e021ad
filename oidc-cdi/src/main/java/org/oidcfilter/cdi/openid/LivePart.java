// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part of the context that is looked up at each call, so that whoever holds it holds nothing that can be out of date. */
final class LivePart implements InvocationHandler {
    private final Class<?> type;
    private final Supplier<? extends Optional<?>> current;

    private LivePart(Class<?> type, Supplier<? extends Optional<?>> current) {
        this.type = type;
        this.current = current;
    }

    /** @param current what is there at the moment; if nothing, calls throw {@link IllegalStateException} */
    static <T> T of(Class<T> type, Supplier<Optional<T>> current) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new LivePart(type, current)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        var part = current.get()
                .orElseThrow(() -> new IllegalStateException("there is no " + type.getSimpleName() + " at the moment"));
        try {
            return method.invoke(part, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName();
        };
    }
}
