// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.beans;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows what beans were told about somebody or something. */
@WebServlet("/public/trail")
public class Trail extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient AuditTrail trail;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        for (String line : trail.about(request.getParameter("about"))) {
            response.getWriter().println(line);
        }
    }
}
