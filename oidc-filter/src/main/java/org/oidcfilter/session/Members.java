// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a JSON object: each of its kind, or an {@link IllegalArgumentException}. */
record Members(Map<String, Object> json) {
    String text(String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is no string");
    }

    Instant instant(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    private long number(String name) {
        if (json.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " is no number");
    }

    /** Seconds; empty where there is no such member. */
    Optional<Duration> seconds(String name) {
        return json.containsKey(name) ? Optional.of(Duration.ofSeconds(number(name))) : Optional.empty();
    }

    /** Strings; none where there is no such member. */
    List<String> texts(String name) {
        var value = json.getOrDefault(name, List.of());
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new IllegalArgumentException(name + " is no array of strings");
    }

    /** Whether it is there and true. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(json.get(name));
    }

    /** Nothing of the values: they are what a cookie was sealed for. */
    @Override
    public String toString() {
        return "Members" + json.keySet();
    }
}
