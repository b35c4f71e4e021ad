// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.office;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Signs out and leaves what comes then to whoever knows the caller; or says it, for the path {@code /leave}. */
@WebServlet({"/sign-out", "/leave"})
public class SignOut extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.logout();
        if (request.getServletPath().equals("/leave")) {
            response.sendRedirect(request.getContextPath() + "/goodbye.html");
        }
    }
}
