// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.servlet;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.oidcfilter.Caller;

/** Who am I? A page for people; plain text or JSON for clients that ask for it. */
@WebServlet("/app/me")
public class MeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = (Caller) request.getUserPrincipal();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", caller.getName());
        facts.put("subject", caller.subject());
        facts.put("issuer", caller.issuer());
        facts.put("roles", new TreeSet<>(caller.roles()));
        facts.put(
                "session ends",
                caller.sessionExpiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        var accept = request.getHeader("Accept") == null ? "" : request.getHeader("Accept");
        if (accept.startsWith("application/json")) {
            facts.put("claims", caller.claims().asMap());
            response.setContentType("application/json");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(JsonUtil.toJson(facts));
        } else if (accept.startsWith("text/plain")) {
            response.setContentType("text/plain;charset=UTF-8");
            facts.forEach((name, value) -> line(response, name + ": " + shown(value)));
        } else {
            var body = table(facts) + "<details><summary>All claims</summary>"
                    + table(caller.claims().asMap()) + "</details><p class=\"actions\">"
                    + Html.link(request, "/", "Start page") + "</p>" + Html.signOut(request);
            Html.write(request, response, "Who am I?", body);
        }
    }

    private static void line(HttpServletResponse response, String text) {
        try {
            response.getWriter().write(text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table(Map<String, Object> facts) {
        var rows = new StringBuilder("<table>");
        facts.forEach((name, value) -> rows.append(
                "<tr><th scope=\"row\">" + Html.text(name) + "</th><td>" + Html.text(shown(value)) + "</td></tr>"));
        return rows.append("</table>").toString();
    }

    private static Object shown(Object value) {
        return value instanceof Collection<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value;
    }
}
