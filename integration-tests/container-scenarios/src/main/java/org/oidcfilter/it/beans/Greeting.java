// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.beans;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.Caller;
import org.oidcfilter.cdi.Claim;

/** Lets a bean greet the caller. */
@WebServlet({"/greeting", "/public/greeting"})
public class Greeting extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Greeter greeter;

    @Inject
    private transient Instance<Optional<Caller>> caller;

    @Inject
    @Claim("sid")
    private transient Instance<Optional<String>> sid;

    @Inject
    private transient Badge badge;

    private String answer(URI service) throws IOException {
        try {
            return greeter.call(service);
        } catch (IllegalArgumentException e) {
            return "not sent";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private String badge() {
        try {
            return badge.name() + ", " + badge.issuedAt().isAfter(Instant.EPOCH);
        } catch (IllegalStateException nobody) {
            return "none";
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        if (request.getParameter("service") != null) {
            response.getWriter().println("service: " + answer(URI.create(request.getParameter("service"))));
            return;
        }
        response.getWriter().println("greeting: " + greeter.greet());
        response.getWriter().println("sid: " + sid.get().orElse("none"));
        response.getWriter().println("badge: " + badge());
        response.getWriter()
                .println("optional: " + caller.get().map(Caller::getName).orElse("nobody"));
    }
}
