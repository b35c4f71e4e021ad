// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows the session; {@code do=} {@code create}, {@code put} (with {@code name} and {@code value}) or {@code invalidate} first. */
@WebServlet({"/session", "/public/session"})
public class Sessions extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (Objects.requireNonNullElse(request.getParameter("do"), "show")) {
            case "create" -> request.getSession();
            case "put" ->
                request.getSession().setAttribute(request.getParameter("name"), request.getParameter("value"));
            case "invalidate" -> request.getSession().invalidate();
            default -> {}
        }
        PrintWriter out = CallerReport.plainText(response);
        print(request.getSession(false), out);
        new CallerReport(request).printTo(out);
    }

    private static void print(@Nullable HttpSession session, PrintWriter out) {
        if (session == null) {
            out.println("session: none");
            return;
        }
        out.println("session: " + session.getId());
        for (String name : Collections.list(session.getAttributeNames())) {
            out.println("session." + name + ": " + session.getAttribute(name));
        }
    }
}
