// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    private static JsonObject of(String value) {
        return new JsonObject(Json.parse("{\"x\":" + value + "}"));
    }

    @Test
    void takesAbsentAndNullMembersAsAbsent() {
        assertEquals(Optional.empty(), of("null").string("x"));
        assertEquals(Optional.empty(), of("1").numericDate("y"));
        assertFalse(of("null").has("x"));
    }

    @Test
    void refusesMembersOfTheWrongKind() {
        assertThrows(IllegalArgumentException.class, () -> of("1").string("x"));
        assertThrows(IllegalArgumentException.class, () -> of("\"true\"").bool("x"));
        assertThrows(IllegalArgumentException.class, () -> of("\"1\"").number("x"));
        assertThrows(IllegalArgumentException.class, () -> of("\"a\"").strings("x"));
        assertThrows(IllegalArgumentException.class, () -> of("[\"a\",1]").strings("x"));
        assertThrows(IllegalArgumentException.class, () -> of("{\"a\":1}").stringOrStrings("x"));
    }

    @Test
    void namesTheMemberThatIsMissingOrWrong() {
        var missing = assertThrows(IllegalArgumentException.class, () -> of("1").requiredString("sub"));
        assertTrue(String.valueOf(missing.getMessage()).contains("sub"));
        var wrong = assertThrows(IllegalArgumentException.class, () -> of("[7]").requiredString("x"));
        assertFalse(String.valueOf(wrong.getMessage()).contains("7"));
    }

    @Test
    void readsOneStringOrSeveral() {
        assertEquals(Optional.of(List.of("a")), of("\"a\"").stringOrStrings("x"));
        assertEquals(Optional.of(List.of("a", "b")), of("[\"a\",\"b\"]").stringOrStrings("x"));
    }

    @Test
    void readsDatesWithFractions() {
        assertEquals(
                Optional.of(Instant.ofEpochSecond(1_700_000_060, 700_000_000)),
                of("1700000060.7").numericDate("x"));
        assertEquals(
                Optional.of(Instant.ofEpochSecond(1_700_000_060)),
                of("1.70000006e9").numericDate("x"));
        assertEquals(Optional.of(Instant.EPOCH), of("0").numericDate("x"));
        assertEquals(
                Optional.of(Instant.parse("9999-12-31T23:59:59Z")),
                of("253402300799").numericDate("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1700000000\"", "true", "[1700000000]", "-1", "-0.5", "253402300800", "1e300"})
    void refusesDatesThatAreNone(String value) {
        assertThrows(IllegalArgumentException.class, () -> of(value).numericDate("x"));
    }

    @Test
    void printsNoContent() {
        assertEquals("JsonObject[1 members]", of("\"secret\"").toString());
    }
}
