// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.definition;

import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For everybody. */
@WebServlet("/Unsecured")
public class Unsecured extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SecurityContext security;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var principal = request.getUserPrincipal();
        response.getWriter().println("name: " + (principal == null ? "nobody" : principal.getName()));
        response.getWriter().println("clerk: " + security.isCallerInRole("clerk"));
    }
}
