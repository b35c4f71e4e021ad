// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.oidcfilter.RequireAuthentication;

/** For logins with a second factor that are not old, by annotation; also at a path that is public otherwise. */
@WebServlet({"/payment", "/public/payment"})
@RequireAuthentication(acr = "mfa", maxAge = 600)
public class Payment extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new CallerReport(request).printTo(CallerReport.plainText(response));
    }
}
