// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.office;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Who is there? One page for everybody who is logged in, one for administrators. */
@WebServlet({"/profile", "/admin/staff"})
public class Profile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write("""
                        <!DOCTYPE html><title>Profile</title>
                        <table><tr><th>Name</th><td>%s</td></tr><tr><th>Administrator</th><td>%s</td></tr></table>
                        <a href="%s%s">Sign out</a>
                        """.formatted(
                        request.getUserPrincipal().getName(),
                        request.isUserInRole("admin"),
                        request.getContextPath(),
                        request.getServletContext().getInitParameter("sign-out")));
    }
}
