// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.security.enterprise.identitystore.openid.Claims;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Claims by name and type. A claim that is there but of another type is an {@link IllegalArgumentException}, as the contract
 * has it.
 */
interface ClaimsMap extends Claims {
    /** Strings, numbers, booleans, lists and maps of such. */
    Map<String, Object> asMap();

    @Override
    default Optional<String> getStringClaim(String name) {
        return claim(name, String.class::cast);
    }

    @Override
    default Optional<Instant> getNumericDateClaim(String name) {
        return claim(name, ClaimsMap::date);
    }

    @Override
    default List<String> getArrayStringClaim(String name) {
        return claim(name, ClaimsMap::texts).orElse(List.of());
    }

    @Override
    default OptionalInt getIntClaim(String name) {
        var number = claim(name, value -> decimal(value).intValueExact());
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }

    @Override
    default OptionalLong getLongClaim(String name) {
        var number = claim(name, value -> decimal(value).longValueExact());
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    @Override
    default OptionalDouble getDoubleClaim(String name) {
        var number = claim(name, value -> decimal(value).doubleValue());
        return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
    }

    @Override
    default Optional<Claims> getNested(String name) {
        return claim(name, ClaimsMap::nested);
    }

    private <T> Optional<T> claim(String name, Function<Object, T> reader) {
        try {
            return Optional.ofNullable(asMap().get(name)).map(reader);
        } catch (ArithmeticException | ClassCastException e) {
            throw new IllegalArgumentException("the claim " + name + " is of another type", e);
        }
    }

    private static List<String> texts(Object value) {
        return value instanceof String text
                ? List.of(text)
                : ((List<?>) value).stream().map(String.class::cast).toList();
    }

    private static BigDecimal decimal(Object value) {
        return new BigDecimal(((Number) value).toString());
    }

    /** RFC 7519 section 2: seconds, which may have a fraction. */
    private static Instant date(Object value) {
        return Instant.ofEpochMilli(
                decimal(value).movePointRight(3).toBigInteger().longValueExact());
    }

    private static Claims nested(Object value) {
        var members = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) value).forEach((name, member) -> members.put((String) name, member));
        return new Nested(members);
    }

    /** What is inside a claim. */
    record Nested(Map<String, Object> asMap) implements ClaimsMap {
        /** Nothing: claims are personal data. */
        @Override
        public String toString() {
            return "Claims";
        }
    }
}
