// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.definition;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For clerks only; groups come from the application's own identity store. */
@WebServlet("/Counter")
@ServletSecurity(@HttpConstraint(rolesAllowed = "clerk"))
public class Counter extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("user: " + request.isUserInRole("user"));
    }
}
