// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Has {@code /whoami} answer: by a forward, or included ({@code how=include}). */
@WebServlet({"/relay", "/public/relay"})
public class Relay extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var target = request.getRequestDispatcher(Objects.requireNonNullElse(request.getParameter("to"), "/whoami"));
        if ("include".equals(request.getParameter("how"))) {
            CallerReport.plainText(response).println("included: true");
            target.include(request, response);
        } else {
            target.forward(request, response);
        }
    }
}
