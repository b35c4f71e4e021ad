// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.oidcfilter.it.scenarios.Page.Form;

/**
 * A request as a browser sees it: what it asks for, why, and which page made it ask.
 *
 * @param chain the addresses so far: the one asked for, then each that a redirect led to
 * @param initiator the page with the link, form or script; empty if the user typed the address
 * @param kind what the browser will do with the answer
 * @param method the HTTP method
 * @param body the form values, empty for none
 */
record Visit(List<URI> chain, Optional<URI> initiator, Kind kind, String method, String body) {

    /** What the browser will do with the answer: the request headers tell it to the server. */
    enum Kind {
        NAVIGATION("navigate", "document", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        SCRIPT("cors", "empty", "*/*");

        final String mode;
        final String destination;
        final String accept;

        Kind(String mode, String destination, String accept) {
            this.mode = mode;
            this.destination = destination;
            this.accept = accept;
        }
    }

    Visit {
        chain = List.copyOf(chain);
    }

    static Visit typed(URI uri) {
        return new Visit(List.of(uri), Optional.empty(), Kind.NAVIGATION, "GET", "");
    }

    static Visit link(URI from, URI to) {
        return new Visit(List.of(to), Optional.of(from), Kind.NAVIGATION, "GET", "");
    }

    static Visit submission(URI from, Form form) {
        String values = form.fields().entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        if (form.method().equalsIgnoreCase("post")) {
            return new Visit(List.of(form.action()), Optional.of(from), Kind.NAVIGATION, "POST", values);
        }
        String action = form.action().toString();
        int query = action.indexOf('?');
        return link(from, URI.create((query < 0 ? action : action.substring(0, query)) + "?" + values));
    }

    static Visit script(URI from, URI to) {
        return new Visit(List.of(to), Optional.of(from), Kind.SCRIPT, "GET", "");
    }

    /** The next request after a redirect: 307 and 308 keep method and body. */
    Visit redirected(int status, URI location) {
        List<URI> longer = new ArrayList<>(chain);
        longer.add(location);
        boolean same = status == 307 || status == 308;
        return new Visit(longer, initiator, kind, same ? method : "GET", same ? body : "");
    }

    URI uri() {
        return chain.get(chain.size() - 1);
    }

    /** The value of {@code Sec-Fetch-Site}: it judges every address of the chain. */
    String fetchSite() {
        return initiator
                .map(page -> chain.stream().allMatch(uri -> origin(uri).equals(origin(page)))
                        ? "same-origin"
                        : chain.stream().allMatch(uri -> uri.getHost().equals(page.getHost()))
                                ? "same-site"
                                : "cross-site")
                .orElse("none");
    }

    /** Whether a {@code SameSite=Strict} cookie goes with the request. */
    boolean isSameSite() {
        return initiator.map(page -> page.getHost().equals(uri().getHost())).orElse(true);
    }

    /** Whether a {@code SameSite=Lax} cookie goes with the request. */
    boolean isLax() {
        return isSameSite() || (kind == Kind.NAVIGATION && method.equals("GET"));
    }

    static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
