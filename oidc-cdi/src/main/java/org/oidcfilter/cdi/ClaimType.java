// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a claim can be.
 *
 * @param name what it is called in messages
 * @param reader yields nothing for a value that is something else
 */
record ClaimType<T>(String name, Function<Object, Optional<T>> reader) {
    static final ClaimType<String> STRING = instanceOf("string", String.class);
    static final ClaimType<Boolean> BOOLEAN = instanceOf("boolean", Boolean.class);
    static final ClaimType<Number> NUMBER = instanceOf("number", Number.class);
    static final ClaimType<Long> INTEGER = new ClaimType<>("whole number of 64 bits", ClaimType::integer);
    static final ClaimType<Instant> TIME = new ClaimType<>("time in seconds since 1970", ClaimType::time);
    static final ClaimType<List<String>> LIST = new ClaimType<>("string or list of strings", ClaimType::list);
    static final ClaimType<Set<String>> SET =
            new ClaimType<>("string or list of strings", value -> list(value).map(ClaimType::set));
    static final ClaimType<Map<String, Object>> OBJECT = new ClaimType<>("object", ClaimType::object);

    private static <T> ClaimType<T> instanceOf(String name, Class<T> type) {
        return new ClaimType<>(
                name, value -> Optional.of(value).filter(type::isInstance).map(type::cast));
    }

    private static Optional<Long> integer(Object value) {
        try {
            return decimal(value).map(BigDecimal::longValueExact);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(Object value) {
        try {
            return decimal(value)
                    .map(seconds -> Instant.ofEpochSecond(
                            seconds.toBigInteger().longValueExact(),
                            seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
        } catch (ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> decimal(Object value) {
        return value instanceof Number number ? Optional.of(new BigDecimal(number.toString())) : Optional.empty();
    }

    private static Optional<List<String>> list(Object value) {
        if (value instanceof String text) {
            return Optional.of(List.of(text));
        }
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? Optional.of(list.stream().map(String.class::cast).toList())
                : Optional.empty();
    }

    private static Set<String> set(List<String> list) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(list));
    }

    private static Optional<Map<String, Object>> object(Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        var object = new LinkedHashMap<String, Object>();
        members.forEach((name, member) -> object.put(String.valueOf(name), member));
        return Optional.of(Collections.unmodifiableMap(object));
    }
}
