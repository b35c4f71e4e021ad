// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.constrained;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.oidcfilter.it.webapp.CallerReport;

/** For administrators, by an annotation that the container enforces. */
@WebServlet("/plain")
@ServletSecurity(@HttpConstraint(rolesAllowed = "admin"))
public class Plain extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new CallerReport(request).printTo(CallerReport.plainText(response));
    }
}
