// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.servlet;

import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Only for callers with the role {@code admin}. */
@WebServlet("/app/admin")
@RolesAllowed("admin")
public class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = "<p>You have the role <strong>admin</strong>.</p><p class=\"actions\">"
                + Html.link(request, "/", "Start page") + "</p>";
        Html.write(request, response, "Administration", body);
    }
}
