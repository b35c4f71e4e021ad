// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says what arrived of each part of a form, and of each parameter. */
@WebServlet({"/parts", "/public/parts"})
@MultipartConfig
public class Parts extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var out = CallerReport.plainText(response);
        for (var part : request.getParts()) {
            out.println("part." + part.getName() + ": " + part.getSize() + " "
                    + Upload.Content.of(part.getInputStream()).sha256());
            if (part.getSubmittedFileName() == null) {
                out.println("parameter." + part.getName() + ": " + request.getParameter(part.getName()));
            } else {
                out.println(
                        "file." + part.getName() + ": " + part.getSubmittedFileName() + " " + part.getContentType());
            }
        }
        new CallerReport(request).printTo(out);
    }
}
