// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** One request of a browser with its answer; a navigation has as many as there are redirects, and one more. */
public record Hop(HttpResponse<String> response) {
    public URI uri() {
        return response.uri();
    }

    public String method() {
        return response.request().method();
    }

    /** A header of the request, as sent. */
    public Optional<String> sent(String header) {
        return response.request().headers().firstValue(header);
    }

    public int status() {
        return response.statusCode();
    }

    /** A header of the answer. */
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    public String body() {
        return response.body();
    }

    /** Where a redirect leads; nothing if this is none. */
    public Optional<URI> redirect() {
        boolean redirects = List.of(301, 302, 303, 307, 308).contains(status());
        return redirects ? header("Location").map(uri()::resolve) : Optional.empty();
    }

    @Override
    public String toString() {
        return method() + " " + uri() + " " + status();
    }
}
