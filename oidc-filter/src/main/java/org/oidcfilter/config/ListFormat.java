// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.Arrays;
import java.util.List;
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
