// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a request waits for another one: {@code id} names the gate; {@code do=await} waits until somebody stands there. */
@WebServlet("/public/gate")
public class Gate extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Map<String, CountDownLatch> REACHED = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> OPEN = new ConcurrentHashMap<>();

    /** Waits until the gate is opened. */
    static void pass(String id) throws InterruptedException {
        latch(REACHED, id).countDown();
        await(latch(OPEN, id));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            if ("await".equals(request.getParameter("do"))) {
                await(latch(REACHED, request.getParameter("id")));
            } else {
                latch(OPEN, request.getParameter("id")).countDown();
            }
        } catch (InterruptedException e) {
            throw new ServletException(e);
        }
    }

    private static CountDownLatch latch(Map<String, CountDownLatch> latches, String id) {
        return latches.computeIfAbsent(id, unknown -> new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody came");
        }
    }
}
