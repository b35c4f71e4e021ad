// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where in the claims some strings are. A dot leads into an object and is never part of a name, unless the name stands in
 * single quotes or the whole path is a name that begins with {@code http://} or {@code https://}.
 *
 * @param segments the names, from the outside in
 * @param members whether the strings are the names of the members of the object there
 */
public record ClaimPath(List<String> segments, boolean members) {
    private static final Pattern NAMESPACED = Pattern.compile("https?://.+");
    private static final Pattern SEGMENT = Pattern.compile("'([^']+)'|([^.'\\s]+)");
    private static final String MEMBERS = "*";

    public ClaimPath {
        segments = List.copyOf(segments);
    }

    /** Of what stands there itself. */
    public ClaimPath(List<String> segments) {
        this(segments, false);
    }

    /**
     * Reads {@code realm_access.roles}, {@code resource_access.'my.app'.roles} or {@code https://example.com/roles};
     * {@code roles.*} for the names of the members.
     */
    public static ClaimPath parse(String text) {
        if (NAMESPACED.matcher(text).matches()) {
            return new ClaimPath(List.of(text));
        }
        var segments = new ArrayList<String>();
        var matcher = SEGMENT.matcher(text);
        var position = 0;
        while (matcher.region(position, text.length()).lookingAt()) {
            position = matcher.end();
            var last = position == text.length();
            if (MEMBERS.equals(matcher.group(2))) {
                return members(segments, last);
            }
            segments.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            if (last) {
                return new ClaimPath(segments);
            }
            if (text.charAt(position) != '.') {
                break;
            }
            position++;
        }
        throw new IllegalArgumentException("must be claims such as groups, realm_access.roles or a.'b.c'.d");
    }

    /** Not in the middle: what other applications call their roles is nothing to us. */
    private static ClaimPath members(List<String> segments, boolean last) {
        if (segments.isEmpty() || !last) {
            throw new IllegalArgumentException(
                    "must name each claim; * stands at the end only, for the names of an object's members");
        }
        return new ClaimPath(segments, true);
    }

    /**
     * The strings found there: the value itself when it is a string, its string elements when an array. Or, of an object,
     * the names of the members that say anything: not those that are null, false or empty.
     */
    public List<String> strings(Map<String, Object> claims) {
        var value = value(claims);
        if (members) {
            return value instanceof Map<?, ?> object ? strings(namesOf(object)) : List.of();
        }
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list ? strings(list.stream()) : List.of();
    }

    /** The string found there, unless there are several or none. */
    public Optional<String> string(Map<String, Object> claims) {
        return members
                ? Optional.empty()
                : Optional.ofNullable(value(claims))
                        .filter(String.class::isInstance)
                        .map(String.class::cast);
    }

    /** How a configuration names it. */
    @Override
    public String toString() {
        var path = segments.stream()
                .map(name -> SEGMENT.matcher(name).matches() && !name.equals(MEMBERS) ? name : "'" + name + "'")
                .collect(Collectors.joining("."));
        return members ? path + "." + MEMBERS : path;
    }

    private static Stream<?> namesOf(Map<?, ?> object) {
        return object.entrySet().stream()
                .filter(member -> saysAnything(member.getValue()))
                .map(Map.Entry::getKey);
    }

    /** Where members say of what somebody has a role, it is of nothing if they are empty. */
    private static boolean saysAnything(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return !object.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        return value != null && !value.equals(false);
    }

    private static List<String> strings(Stream<?> values) {
        return values.filter(String.class::isInstance).map(String.class::cast).toList();
    }

    private @Nullable Object value(Map<String, Object> claims) {
        Object value = claims;
        for (var segment : segments) {
            value = value instanceof Map<?, ?> object ? object.get(segment) : null;
        }
        return value;
    }
}
