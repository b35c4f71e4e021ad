// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;

/** Prints a secret and counts how often it was asked to, by whatever method; {@code /public/vault} tells the number. */
@WebServlet({"/vault", "/secure/*", "/public/vault"})
public class Vault extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final AtomicInteger OPENED = new AtomicInteger();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PrintWriter out = CallerReport.plainText(response);
        if (request.getServletPath().startsWith("/public/")) {
            out.println("opened: " + OPENED.get());
        } else {
            out.println("secret: TREASURE " + OPENED.incrementAndGet());
        }
    }
}
