// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells whether the listeners of the application have heard of the end of the session {@code id}. */
@WebServlet("/public/ended")
public class Ended extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> ENDED = ConcurrentHashMap.newKeySet();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CallerReport.plainText(response).println("ended: " + ENDED.contains(request.getParameter("id")));
    }

    /** Listens for the ends of the container's sessions. */
    @WebListener
    public static class Listener implements HttpSessionListener {
        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            ENDED.add(event.getSession().getId());
        }
    }
}
