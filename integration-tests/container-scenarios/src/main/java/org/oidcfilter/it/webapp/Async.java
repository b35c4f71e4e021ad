// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers later, on another thread. {@code how=complete} answers there; {@code how=dispatch} dispatches with the request
 * it was given, {@code how=dispatch-original} with the one the container keeps, which no filter has wrapped; {@code to}
 * says where to,
 * and {@code gate} where to wait before.
 */
@WebServlet(
        urlPatterns = {"/async", "/public/async"},
        asyncSupported = true)
public class Async extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        String how = request.getParameter("how");
        AsyncContext context =
                "dispatch-original".equals(how) ? request.startAsync() : request.startAsync(request, response);
        if ("complete".equals(how)) {
            context.start(() -> complete(context));
        } else {
            String path = Objects.requireNonNullElse(request.getParameter("to"), "/whoami");
            String gate = request.getParameter("gate");
            context.start(() -> dispatch(context, path, gate));
        }
    }

    private static void dispatch(AsyncContext context, String path, @Nullable String gate) {
        try {
            if (gate != null) {
                Gate.pass(gate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.dispatch(path);
    }

    private static void complete(AsyncContext context) {
        try {
            HttpServletRequest request = (HttpServletRequest) context.getRequest();
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            new CallerReport(request).printTo(CallerReport.plainText(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            context.complete();
        }
    }
}
