// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletResponse;
import org.oidcfilter.SetCookie;

/**
 * Sets cookies on a response while it is being made, from the thread that makes it. Containers use response objects again
 * for other people, so that nothing is set once the filter has returned.
 */
final class ResponseCookies implements AutoCloseable {
    private final HttpServletResponse response;
    private final Thread maker = Thread.currentThread();
    private volatile boolean open = true;

    ResponseCookies(HttpServletResponse response) {
        this.response = response;
    }

    void set(SetCookie cookie) {
        if (open && Thread.currentThread() == maker && !response.isCommitted()) {
            response.addHeader("Set-Cookie", cookie.header());
        }
    }

    @Override
    public void close() {
        open = false;
    }
}
