// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that reached the provider.
 *
 * @param method the HTTP method
 * @param path the path, decoded, without query
 * @param query the parameters of the query, decoded, each with all its values
 * @param form the parameters of a form body, decoded, each with all its values
 * @param headers the headers, looked up without regard to case
 */
public record Request(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> form,
        Map<String, List<String>> headers) {
    public Request {
        query = Collections.unmodifiableMap(query);
        form = Collections.unmodifiableMap(form);
        var caseless = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        headers = Collections.unmodifiableMap(caseless);
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return first(query, name);
    }

    /** The first value of a form parameter. */
    public Optional<String> form(String name) {
        return first(form, name);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return first(headers, name);
    }

    /** The first value of a parameter where this method carries it: in the form of a POST, else in the query. */
    public Optional<String> parameter(String name) {
        return first(parameters(), name);
    }

    /** The value of a cookie. */
    public Optional<String> cookie(String name) {
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Form.split(line, ';').stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    boolean isPost() {
        return method.equals("POST");
    }

    /** RFC 6749 section 3.1: a parameter must not be included more than once. */
    boolean repeatsParameters() {
        return parameters().values().stream().anyMatch(values -> values.size() > 1);
    }

    /** Whether a page of another origin made the browser send this. */
    boolean isCrossOrigin(String ourOrigin) {
        return header("Sec-Fetch-Site")
                .map(site -> !site.equals("same-origin") && !site.equals("none"))
                .or(() -> header("Origin").map(origin -> !origin.equals(ourOrigin)))
                .orElse(false);
    }

    private Map<String, List<String>> parameters() {
        return isPost() ? form : query;
    }

    private static Optional<String> first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Method and path only: the rest holds secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
