// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.shop;

import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For a role that nobody has. */
@WebServlet("/audit")
@RolesAllowed("auditor")
public class Audit extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write("TREASURE");
    }
}
