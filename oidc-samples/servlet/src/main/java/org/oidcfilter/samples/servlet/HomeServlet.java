// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.servlet;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The public start page: knows the caller where there is one. */
@WebServlet("")
public class HomeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = request.getUserPrincipal();
        var body = caller == null
                ? "<p>You are not signed in.</p><p class=\"actions\">" + "<a class=\"button\" href=\""
                        + request.getContextPath() + "/app/me\">Sign in</a></p>"
                : "<p>You are signed in as <strong>" + Html.text(caller.getName())
                        + "</strong>.</p><p class=\"actions\">" + Html.link(request, "/app/me", "Who am I?") + "</p>"
                        + Html.signOut(request);
        var more = "<p class=\"actions\">" + Html.link(request, "/app/admin", "For administrators") + " "
                + Html.link(request, "/public/hello", "For everybody") + "</p>";
        Html.write(request, response, "OIDC Filter sample", body + more);
    }
}
