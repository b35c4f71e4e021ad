// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.Principal;
import java.util.TreeSet;
import org.oidcfilter.Caller;

/** Says in plain text who the caller is, as an application sees it: one {@code key: value} line for each question. */
public record CallerReport(HttpServletRequest request) {

    /** A writer for {@link #printTo}. */
    public static PrintWriter plainText(HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        return response.getWriter();
    }

    /** Says it. */
    public void printTo(PrintWriter out) {
        Principal principal = request.getUserPrincipal();
        line(out, "principal", principal == null ? "anonymous" : principal.getName());
        if (principal instanceof Caller caller) {
            line(out, "issuer", caller.issuer());
            line(out, "subject", caller.subject());
            line(out, "roles", String.join(",", new TreeSet<>(caller.roles())));
        }
        line(out, "attribute", request.getAttribute(Caller.ATTRIBUTE) == null ? "absent" : "present");
        line(out, "admin", request.isUserInRole("admin"));
        line(out, "auth-type", request.getAuthType());
        line(out, "remote-user", request.getRemoteUser());
        line(out, "dispatcher", request.getDispatcherType());
        line(out, "query", request.getQueryString());
    }

    private static void line(PrintWriter out, String key, Object value) {
        out.println(key + ": " + value);
    }
}
