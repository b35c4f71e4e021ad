// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Caller;

class PersonalErrorPagesTest {
    private final List<String> set = new ArrayList<>();

    @Test
    void thePageOfACallerIsForNoCache() throws Exception {
        show("somebody", null);
        assertEquals(List.of("Cache-Control: no-store"), set);
    }

    @Test
    void whatTheApplicationSaysStands() throws Exception {
        show("somebody", "no-cache");
        show(null, null);
        assertEquals(List.of(), set);
    }

    private void show(@Nullable String caller, @Nullable String known) throws Exception {
        var request = Fake.of(HttpServletRequest.class, (method, arguments) -> switch (method) {
            case "getAttribute" -> Caller.ATTRIBUTE.equals(arguments[0]) ? caller : null;
            default -> throw new AssertionError("nobody expected " + method);
        });
        var response = Fake.of(HttpServletResponse.class, (method, arguments) -> switch (method) {
            case "isCommitted" -> false;
            case "getHeader" -> known;
            case "setHeader" -> {
                set.add(arguments[0] + ": " + arguments[1]);
                yield null;
            }
            default -> throw new AssertionError("nobody expected " + method);
        });
        new PersonalErrorPages().doFilter(request, response, (any, other) -> {});
    }
}
