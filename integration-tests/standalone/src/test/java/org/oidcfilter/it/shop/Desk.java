// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.shop;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.oidcfilter.Caller;

/** Who is there? One page for who is logged in, one for administrators, by the rules of the application. */
@WebServlet({"/desk", "/admin/desk"})
public class Desk extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = (Caller) request.getUserPrincipal();
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write("""
                        <!DOCTYPE html><title>TREASURE</title><p id="name">%s</p><p>secure %s</p>
                        <form method="post" action="%s/oidc/logout"><button>Sign out</button></form>
                        """.formatted(caller.getName(), request.isSecure(), request.getContextPath()));
    }
}
