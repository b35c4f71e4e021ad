// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The container's interfaces, of which a test answers what it expects to be asked. Any other question fails. */
public final class Fake {
    private Fake() {}

    /** What it answers. */
    @FunctionalInterface
    public interface Answers {
        @Nullable
        Object answer(String method, Object[] arguments) throws Exception;
    }

    /** One that answers so. */
    public static <T> T of(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        answers.answer(method.getName(), arguments == null ? new Object[0] : arguments)));
    }

    /** One that gives the same answer to each question of a name. */
    public static <T> T of(Class<T> type, Map<String, ?> answers) {
        return of(type, (method, arguments) -> {
            if (!answers.containsKey(method)) {
                throw new AssertionError("nobody expected " + method);
            }
            return answers.get(method);
        });
    }
}
