// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.definition;

import static jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters.withParams;

import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.Principal;

/** For everybody; shows whom beans know, and asks for a login if the request wants that. */
@WebServlet("/Identity")
public class Identity extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SecurityContext security;

    @Inject
    private transient Principal principal;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String authenticate = request.getParameter("authenticate");
        if (authenticate != null
                && security.authenticate(request, response, withParams().newAuthentication(authenticate.equals("new")))
                        != AuthenticationStatus.SUCCESS) {
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        print(response.getWriter());
    }

    private void print(PrintWriter out) {
        var caller = security.getCallerPrincipal();
        out.println("caller: " + (caller == null ? "nobody" : caller.getName()));
        out.println("principal: " + (caller == null ? "nobody" : principal.getName()));
        out.println(
                "principals: " + security.getPrincipalsByType(Principal.class).size());
        out.println("user: " + security.isCallerInRole("user"));
        out.println("admin: " + security.isCallerInRole("admin"));
    }
}
