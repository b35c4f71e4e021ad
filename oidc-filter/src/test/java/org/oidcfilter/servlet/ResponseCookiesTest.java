// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.SetCookie;

class ResponseCookiesTest {
    private static final SetCookie COOKIE = new SetCookie("a", "b", "/", SetCookie.SESSION, true);

    private final Exchange exchange = new Exchange();

    @Test
    void setsCookiesWhileTheResponseIsMade() {
        try (var cookies = new ResponseCookies(exchange.response())) {
            cookies.set(COOKIE);
        }
        assertEquals(List.of(COOKIE.header()), exchange.headers.get("Set-Cookie"));
    }

    @Test
    void isTooLateOnceTheResponseIsOnItsWay() {
        exchange.committed = true;
        try (var cookies = new ResponseCookies(exchange.response())) {
            cookies.set(COOKIE);
        }
        assertNull(exchange.headers.get("Set-Cookie"));
    }

    @Test
    @Tag("RF-11")
    void leavesAResponseAloneThatMayBeSomebodyElsesByNow() {
        var cookies = new ResponseCookies(exchange.response());
        cookies.close();
        cookies.set(COOKIE);
        assertNull(exchange.headers.get("Set-Cookie"));
    }

    @Test
    void leavesAResponseAloneThatAnotherThreadIsMaking() throws Exception {
        try (var cookies = new ResponseCookies(exchange.response())) {
            var task = new FutureTask<>(() -> cookies.set(COOKIE), true);
            new Thread(task).start();
            task.get(10, TimeUnit.SECONDS);
        }
        assertNull(exchange.headers.get("Set-Cookie"));
    }
}
