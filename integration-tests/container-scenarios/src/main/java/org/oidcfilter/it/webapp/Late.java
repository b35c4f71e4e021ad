// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;

/** Keeps the caller ({@code do=keep}), and says later, in another request and thread, what its access token is by then. */
@WebServlet({"/late", "/public/late"})
public class Late extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient volatile @Nullable Caller kept;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if ("keep".equals(request.getParameter("do"))) {
            kept = (Caller) request.getUserPrincipal();
        }
        var caller = kept;
        try {
            var token = caller == null
                    ? "none"
                    : CompletableFuture.supplyAsync(() -> caller.accessToken().reveal())
                            .get(20, TimeUnit.SECONDS);
            CallerReport.plainText(response).println("token: " + token);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new ServletException(e);
        }
    }
}
