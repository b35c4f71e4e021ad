// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.constrained;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.oidcfilter.it.webapp.CallerReport;

/** Counts the bytes of each part of a form. */
@WebServlet({"/parts", "/public/parts"})
@MultipartConfig
public class Parts extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var out = CallerReport.plainText(response);
        for (var part : request.getParts()) {
            out.println("part." + part.getName() + ": " + part.getSize());
        }
        new CallerReport(request).printTo(out);
    }
}
