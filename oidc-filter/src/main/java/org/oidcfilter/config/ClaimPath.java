// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in the claims some strings are. A dot leads into an object and is never part of a name, unless the name stands in
 * single quotes or the whole path is a name that begins with {@code http://} or {@code https://}.
 *
 * @param segments the names, from the outside in
 */
public record ClaimPath(List<String> segments) {
    private static final Pattern NAMESPACED = Pattern.compile("https?://.+");
    private static final Pattern SEGMENT = Pattern.compile("'([^']+)'|([^.'\\s]+)");

    public ClaimPath {
        segments = List.copyOf(segments);
    }

    /** Reads {@code realm_access.roles}, {@code resource_access.'my.app'.roles} or {@code https://example.com/roles}. */
    public static ClaimPath parse(String text) {
        if (NAMESPACED.matcher(text).matches()) {
            return new ClaimPath(List.of(text));
        }
        var segments = new ArrayList<String>();
        var matcher = SEGMENT.matcher(text);
        var position = 0;
        while (matcher.region(position, text.length()).lookingAt()) {
            segments.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            position = matcher.end();
            if (position == text.length()) {
                return new ClaimPath(segments);
            }
            if (text.charAt(position) != '.') {
                break;
            }
            position++;
        }
        throw new IllegalArgumentException("must be claims such as groups, realm_access.roles or a.'b.c'.d");
    }

    /** The strings found there: the value itself when it is a string, its string elements when an array. */
    public List<String> strings(Map<String, Object> claims) {
        var value = value(claims);
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return List.of();
    }

    private @Nullable Object value(Map<String, Object> claims) {
        Object value = claims;
        for (var segment : segments) {
            value = value instanceof Map<?, ?> object ? object.get(segment) : null;
        }
        return value;
    }
}
