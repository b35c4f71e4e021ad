// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.oidcfilter.AccessDeniedException;

/** Nobody of ours has let this request in, so that what is to be answered shows by who is asked for it. */
class DeniedAccessTest {
    private final List<String> asked = new ArrayList<>();
    private boolean committed;

    @Test
    void whatBeansDenyIsAnsweredHoweverFrameworksWrapIt() {
        var denied = AccessDeniedException.forbidden("no");
        for (var failure :
                List.of(denied, new ServletException(denied), new IllegalStateException(new IOException(denied)))) {
            asked.clear();
            var nobody = assertThrows(IllegalStateException.class, () -> filter(failure));
            assertEquals(List.of("org.oidcfilter.login"), asked, nobody::toString);
        }
    }

    @Test
    void whatElseFailsIsLeftToTheContainer() {
        for (var failure : List.of(new IllegalStateException("mine"), new ServletException("mine"))) {
            assertSame(failure, assertThrows(Exception.class, () -> filter(failure)));
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void whatIsOnItsWayCannotBeAnsweredAgain() {
        committed = true;
        var denied = AccessDeniedException.forbidden("no");
        assertSame(denied, assertThrows(AccessDeniedException.class, () -> filter(denied)));
        assertEquals(List.of(), asked);
    }

    private void filter(Exception failure) throws IOException, ServletException {
        new DeniedAccess().doFilter(request(), response(), (request, response) -> {
            if (failure instanceof ServletException checked) {
                throw checked;
            }
            throw (RuntimeException) failure;
        });
    }

    private HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (method, argument) -> {
            asked.add(String.valueOf(argument));
            return null;
        });
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (method, argument) -> committed);
    }

    @FunctionalInterface
    private interface Answers {
        @Nullable
        Object to(String method, @Nullable Object argument);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments == null ? null : arguments[0])));
    }
}
