// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Fails: by an exception, or with the error status of the parameter {@code status}. */
@WebServlet({"/failing", "/public/failing"})
public class Failing extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String status = request.getParameter("status");
        if (status == null) {
            throw new ServletException("thrown on purpose");
        }
        response.sendError(Integer.parseInt(status));
    }
}
