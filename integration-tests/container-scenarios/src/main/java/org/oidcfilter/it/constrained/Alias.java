// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.constrained;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.oidcfilter.it.webapp.CallerReport;

/** Knows a role by another name, as {@code web.xml} declares. */
public class Alias extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CallerReport.plainText(response).println("boss: " + request.isUserInRole("boss"));
    }
}
