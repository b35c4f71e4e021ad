// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The encoding {@code application/x-www-form-urlencoded}, of queries and form bodies. */
final class Form {
    private Form() {}

    /**
     * Decodes parameters, keeping order and repetitions.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
     */
    static Map<String, List<String>> parse(@Nullable String encoded) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (String pair : split(encoded == null ? "" : encoded, '&')) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    static String write(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(joining("&"));
    }

    /** Adds parameters to a URI that may already have a query. */
    static String append(String uri, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return uri;
        }
        return uri + (uri.indexOf('?') < 0 ? "?" : "&") + write(parameters);
    }

    static String decode(String encoded) {
        return URLDecoder.decode(encoded, UTF_8);
    }

    /** The non-empty pieces between separators. */
    static List<String> split(String text, char separator) {
        var pieces = new ArrayList<String>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            pieces.add(text.substring(start, end));
            start = end + 1;
        }
        pieces.add(text.substring(start));
        pieces.removeIf(String::isEmpty);
        return pieces;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
