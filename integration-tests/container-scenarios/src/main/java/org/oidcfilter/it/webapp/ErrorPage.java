// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** The error page of the web application; it greets the caller too. */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PrintWriter out = CallerReport.plainText(response);
        out.println("error: " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        new CallerReport(request).printTo(out);
    }
}
