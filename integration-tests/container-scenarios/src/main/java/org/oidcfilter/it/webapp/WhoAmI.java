// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Who is asking: on protected and public paths, below a path rule, behind each of two filters, and behind one that is there twice. */
@WebServlet({"/whoami", "/public/whoami", "/reports/*", "/clerks/*", "/first/whoami", "/second/whoami", "/twice/whoami"
})
public class WhoAmI extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new CallerReport(request).printTo(CallerReport.plainText(response));
    }
}
