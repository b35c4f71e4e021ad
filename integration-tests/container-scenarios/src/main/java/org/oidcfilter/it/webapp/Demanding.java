// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.servlet.CurrentLogin;

/** Demands a login by code, of the class that {@code acr} names, if it does. */
@WebServlet({"/demanding", "/public/demanding"})
public class Demanding extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String acr = request.getParameter("acr");
        LoginRequirement requirement =
                acr == null ? LoginRequirement.NONE : new LoginRequirement(List.of(acr), Optional.empty());
        if (CurrentLogin.require(request, response, requirement)) {
            CallerReport.plainText(response).println("passed: true");
            new CallerReport(request).printTo(response.getWriter());
        }
    }
}
