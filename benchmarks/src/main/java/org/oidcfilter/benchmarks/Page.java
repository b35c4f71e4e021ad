// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Answers with what an application would look at: the session, and the caller's name. */
final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient volatile String name = "nothing else";
    private transient volatile Object value = "";

    /** What the next session is to hold. */
    void carry(String attribute, Object carried) {
        name = attribute;
        value = carried;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/public") && request.getPathInfo().equals("/session")) {
            request.getSession(true).setAttribute(name, value);
        }
        if (request.getPathInfo().equals("/attribute")) {
            response.getWriter()
                    .print(Collections.list(request.getSession().getAttributeNames()).stream()
                            .filter(known -> known.startsWith("org.oidcfilter.session."))
                            .findFirst()
                            .orElseThrow());
            return;
        }
        var isPrivate = request.getServletPath().equals("/private");
        if (isPrivate && request.getPathInfo().equals("/session")) {
            request.getSession(true);
        }
        var session = isPrivate ? request.getSession(false) : null;
        var known = session != null && session.getAttribute("nothing") == null;
        var caller = isPrivate ? request.getUserPrincipal() : null;
        var body = (caller != null ? "Hello, you. " : known ? "Hello, who? " : "Hello, all. ")
                .getBytes(StandardCharsets.US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Reads a form, and does what any application would do to end a session. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        var session = request.getParameter("logout_token") == null ? null : request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
