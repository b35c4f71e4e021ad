// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The frame of every page. */
final class Html {
    private Html() {}

    static void write(HttpServletRequest request, HttpServletResponse response, String title, String body)
            throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
        response.getWriter()
                .write("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + text(title)
                        + "</title><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                        + "<link rel=\"stylesheet\" href=\"" + request.getContextPath() + "/style.css\"></head>"
                        + "<body><main><h1>" + text(title) + "</h1>" + body + "</main></body></html>");
    }

    static String link(HttpServletRequest request, String path, String label) {
        return "<a href=\"" + request.getContextPath() + path + "\">" + text(label) + "</a>";
    }

    static String signOut(HttpServletRequest request) {
        return "<form method=\"post\" action=\"" + request.getContextPath()
                + "/oidc/logout\"><button>Sign out</button></form>";
    }

    static String text(Object value) {
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
