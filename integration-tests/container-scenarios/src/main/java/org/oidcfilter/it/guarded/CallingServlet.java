// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.guarded;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Calls the bean, and catches nothing. */
@WebServlet("/public/servlet/*")
public class CallingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Calls calls;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String answer = calls.call(request.getPathInfo().substring(1));
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(answer);
    }
}
