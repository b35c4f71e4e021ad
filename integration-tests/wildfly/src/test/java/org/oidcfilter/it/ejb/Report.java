// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.ejb;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;

/** Says what the container's own means know of the caller. */
@WebServlet({"/desk", "/public/desk"})
public class Report extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @EJB
    private @Nullable Desk desk;

    @Inject
    private @Nullable SecurityContext security;

    @Inject
    private @Nullable Principal principal;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var out = response.getWriter();
        var known = Objects.requireNonNull(security).getCallerPrincipal();
        out.println("drawer: " + drawer());
        out.println("bean: " + Objects.requireNonNull(desk).caller());
        out.println("security-context: " + (known == null ? "nobody" : known.getName()) + " "
                + Objects.requireNonNull(security).isCallerInRole("admin"));
        out.println("type: " + (known instanceof Caller ? "caller" : "another"));
        out.println("principal: " + Objects.requireNonNull(principal).getName());
    }

    private String drawer() {
        try {
            return Objects.requireNonNull(desk).drawer();
        } catch (EJBAccessException e) {
            return "closed";
        }
    }
}
