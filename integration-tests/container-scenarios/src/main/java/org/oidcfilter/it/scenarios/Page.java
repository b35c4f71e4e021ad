// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** What a {@link Browser} got: the answer to its last request, and how it came there. */
public record Page(Visit visit, int status, HttpHeaders headers, String body) {

    /** The values of a form, without its buttons, and where they go. */
    public record Form(String method, URI action, Map<String, String> fields) {}

    /** The address of the page. */
    public URI uri() {
        return visit.uri();
    }

    /** Whether the answer sends the browser elsewhere. */
    public boolean isRedirect() {
        return status / 100 == 3 && headers.firstValue("Location").isPresent();
    }

    /** Where the answer sends the browser. */
    public URI location() {
        String location = headers.firstValue("Location")
                .orElseThrow(() -> new AssertionError("no redirect but " + status + " from " + uri() + "\n" + body));
        return uri().resolve(location);
    }

    /** The {@code Set-Cookie} headers. */
    public List<String> setCookies() {
        return headers.allValues("Set-Cookie");
    }

    /** The value of the line {@code key: value}, as the servlets of the {@link TestWar} print them. */
    public String line(String key) {
        return body.lines()
                .filter(line -> line.startsWith(key + ": "))
                .map(line -> line.substring(key.length() + 2))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no line " + key + " in " + status + " from " + uri() + "\n" + body));
    }

    /** Whether there is a line {@code key: value}. */
    public boolean hasLine(String key) {
        return body.lines().anyMatch(line -> line.startsWith(key + ": "));
    }

    /** The first form of the page. */
    public Form form() {
        Element form = Optional.ofNullable(Jsoup.parse(body, uri().toString()).selectFirst("form"))
                .orElseThrow(() -> new AssertionError("no form in " + status + " from " + uri() + "\n" + body));
        Map<String, String> fields = new LinkedHashMap<>();
        form.select("input[name]").forEach(input -> fields.put(input.attr("name"), input.val()));
        String action = form.hasAttr("action") ? form.absUrl("action") : uri().toString();
        return new Form(form.attr("method").isEmpty() ? "get" : form.attr("method"), URI.create(action), fields);
    }
}
