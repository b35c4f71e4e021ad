// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.oidcfilter.Outcome;

/** Carries an outcome out on a servlet response. */
public final class OutcomeWriter {
    private OutcomeWriter() {}

    /** Headers and cookies, before the application answers. */
    public static void prepare(HttpServletResponse response, Outcome outcome) {
        for (var header : outcome.headers().entrySet()) {
            if (header.getKey().equals("Vary")) {
                response.addHeader("Vary", header.getValue()); // others, such as a filter for CORS, have theirs
            } else {
                response.setHeader(header.getKey(), header.getValue());
            }
        }
        for (var cookie : outcome.cookies()) {
            response.addHeader("Set-Cookie", cookie.header());
        }
    }

    /**
     * Answers in the application's place.
     *
     * @throws IllegalStateException if there is an answer already
     */
    public static void write(HttpServletRequest request, HttpServletResponse response, Outcome.Reply reply)
            throws IOException {
        if (response.isCommitted()) {
            throw new IllegalStateException("a login cannot be asked for once the response is committed");
        }
        response.resetBuffer();
        response.setStatus(reply.status());
        prepare(response, reply);
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (body.length > 0 && !request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
