// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;

/**
 * A JSON object whose members are asked for by name and kind. A member of another kind is an error
 * ({@link IllegalArgumentException} with its name), not an absent one.
 *
 * @param members as {@link Json#parse} yields them
 */
public record JsonObject(Map<String, Object> members) {
    private static final long LAST_SECOND = 253402300799L;
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    /**
     * Reads a message of the provider.
     *
     * @param reason why it is refused if {@code reader} finds a member missing or of the wrong kind
     * @throws InvalidResponseException with {@code reason}, or with {@link Reason#PROVIDER_JSON} if it is no JSON object
     */
    static <T> T read(String json, Reason reason, Function<JsonObject, T> reader) {
        var object = parse(json);
        try {
            return reader.apply(object);
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException(reason, String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonObject parse(String json) {
        try {
            return new JsonObject(Json.parse(json));
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException(Reason.PROVIDER_JSON, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether there is a member {@code name}. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The string {@code name}, if there is one. */
    public Optional<String> string(String name) {
        return member(name, String.class, "a string");
    }

    /** The string {@code name}, which must be there. */
    public String requiredString(String name) {
        return string(name).orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is missing"));
    }

    /** The boolean {@code name}, if there is one. */
    public Optional<Boolean> bool(String name) {
        return member(name, Boolean.class, "a boolean");
    }

    /** The number {@code name}, if there is one. */
    public Optional<BigDecimal> number(String name) {
        return member(name, Number.class, "a number").map(number -> new BigDecimal(number.toString()));
    }

    /** The array {@code name}, if there is one. */
    public Optional<List<?>> array(String name) {
        return member(name, List.class, "an array").map(list -> (List<?>) list);
    }

    /** The array of strings {@code name}, if there is one. */
    public Optional<List<String>> strings(String name) {
        return array(name).map(elements -> strings(name, elements));
    }

    /** The strings of {@code name}, which may be one string or an array of strings, as with {@code aud}. */
    public Optional<List<String>> stringOrStrings(String name) {
        return members.get(name) instanceof String single ? Optional.of(List.of(single)) : strings(name);
    }

    /** The NumericDate {@code name} (RFC 7519 section 2), if there is one: seconds, fractions allowed, up to the year 9999. */
    public Optional<Instant> numericDate(String name) {
        return members.get(name) instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : number(name).map(seconds -> instant(name, seconds));
    }

    private <T> Optional<T> member(String name, Class<T> kind, String article) {
        var value = members.get(name);
        if (value != null && !kind.isInstance(value)) {
            throw new IllegalArgumentException("\"" + name + "\" is not " + article);
        }
        return Optional.ofNullable(value).map(kind::cast);
    }

    private static List<String> strings(String name, List<?> elements) {
        if (!elements.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("\"" + name + "\" is not an array of strings");
        }
        return elements.stream().map(String.class::cast).toList();
    }

    private static Instant instant(String name, BigDecimal seconds) {
        if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(LAST_SECOND)) > 0) {
            throw new IllegalArgumentException("\"" + name + "\" is not a date between 1970 and 9999");
        }
        BigInteger[] parts =
                seconds.multiply(NANOS_PER_SECOND).toBigInteger().divideAndRemainder(NANOS_PER_SECOND.toBigInteger());
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    }

    /** The number of members only: they hold tokens and personal data. */
    @Override
    public String toString() {
        return "JsonObject[" + members.size() + " members]";
    }
}
