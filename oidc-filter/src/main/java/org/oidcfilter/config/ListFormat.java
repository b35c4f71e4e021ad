// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How lists are written: elements separated by commas, as everywhere in MicroProfile Config ({@code \,} is a comma). */
final class ListFormat {
    private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");
    private static final Pattern SEMICOLON = Pattern.compile(";");

    private ListFormat() {}

    /** A parser of lists of what {@code element} parses. */
    static <T> Function<String, List<T>> of(Function<String, T> element) {
        return text -> Arrays.stream(COMMA.split(text, -1))
                .map(part -> element.apply(notBlank(part.replace("\\,", ","))))
                .toList();
    }

    /** A parser of lists separated by semicolons; the last one may be followed by one. */
    static <T> Function<String, List<T>> separatedBySemicolons(Function<String, T> element) {
        return text -> Arrays.stream(SEMICOLON.split(withoutLast(text), -1))
                .map(part -> element.apply(notBlank(part)))
                .toList();
    }

    /** Parameters written {@code name=value, name=value}, each name once. */
    static Map<String, String> parameters(String text) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : of(part -> part).apply(text)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || equals == pair.length() - 1) {
                throw new IllegalArgumentException("must be parameters such as name=value, name=value");
            }
            var name = pair.substring(0, equals).strip();
            if (parameters.put(name, pair.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("must name " + name + " once");
            }
        }
        return parameters;
    }

    private static String withoutLast(String text) {
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    private static String notBlank(String part) {
        if (part.isBlank()) {
            throw new IllegalArgumentException("must have no blank element");
        }
        return part.strip();
    }
}
