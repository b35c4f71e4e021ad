// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.constrained;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.oidcfilter.it.webapp.CallerReport;

/** Tries to log in by {@code request.login(name, password)}. */
@WebServlet("/public/password")
public class Password extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = CallerReport.plainText(response);
        try {
            request.login("alice", "secret");
            out.println("login: accepted");
        } catch (ServletException e) {
            out.println("login: " + e.getMessage());
        }
        new CallerReport(request).printTo(out);
    }
}
