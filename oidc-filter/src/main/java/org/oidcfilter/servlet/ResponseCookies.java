// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Outcome;
import org.oidcfilter.SetCookie;

/**
 * The time in which a request can still be asked and its response changed: until the application has answered, in the thread
 * that it was shown the request in. Containers use both objects again for other people.
 */
public final class ResponseCookies implements AutoCloseable {
    private final HttpServletResponse response;
    private @Nullable Runnable last;

    /** Nobody any more once it is too late. */
    private volatile @Nullable Thread maker = Thread.currentThread();

    /** Begins now, in this thread. */
    public ResponseCookies(HttpServletResponse response) {
        this.response = response;
    }

    /** Goes on in this thread: it is the one that the application answers in from now on. */
    public void goOnHere() {
        maker = Thread.currentThread();
    }

    /** Whether it is not too late. */
    public boolean isOpen() {
        return Thread.currentThread() == maker;
    }

    /** Whether it is too late for every thread. */
    boolean isClosed() {
        return maker == null;
    }

    /** Sets a cookie, unless it is too late or the response is on its way. */
    public void set(SetCookie cookie) {
        if (isOpen() && !response.isCommitted()) {
            response.addHeader("Set-Cookie", cookie.header());
        }
    }

    /** Sends the browser elsewhere, unless it is too late or the response is on its way; the application may still overrule it. */
    void redirect(Outcome.Reply reply) {
        if (isOpen() && !response.isCommitted()) {
            response.setStatus(reply.status());
            OutcomeWriter.prepare(response, reply);
        }
    }

    /** What to do when the application has answered, in place of what was to be done so far. */
    void atTheEnd(Runnable action) {
        if (isOpen()) {
            last = action;
        }
    }

    @Override
    public void close() {
        var action = last;
        last = null;
        try {
            if (action != null) {
                action.run();
            }
        } finally {
            maker = null;
        }
    }
}
