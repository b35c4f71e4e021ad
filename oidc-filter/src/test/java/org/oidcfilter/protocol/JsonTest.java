// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        var read = Json.parse("""
                { "s": "a\\u0041\\n\\/\\"", "i": -12, "f": 1.5e1, "t": true, "n": [1, [], {}], "o": {"x": "ü😀"}, "": 0 }
                """);
        assertEquals(
                Map.of(
                        "s",
                        "aA\n/\"",
                        "i",
                        -12L,
                        "f",
                        15.0,
                        "t",
                        true,
                        "n",
                        List.of(1L, List.of(), Map.of()),
                        "o",
                        Map.of("x", "ü😀"),
                        "",
                        0L),
                read);
    }

    @Test
    void skipsWhiteSpaceBetweenAnyTwoTokens() {
        assertEquals(
                Map.of("a", List.of(1L, Map.of()), "b", true),
                Json.parse(" \t\r\n{ \"a\" \n:\t[ 1 , { } ] , \"b\"\r: true } \n"));
    }

    @Test
    void keepsTheOrderOfMembers() {
        assertEquals(
                List.of("z", "a", "m"),
                List.copyOf(Json.parse("{\"z\":1,\"a\":2,\"m\":3}").keySet()));
    }

    @Test
    void leavesOutNull() {
        assertEquals(Map.of("list", List.of(1L)), Json.parse("{\"a\":null,\"list\":[null,1]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "[]",
                "\"text\"",
                "{",
                "{}}",
                "{} x",
                "{}{}",
                "{} // comment",
                "\uFEFF{}",
                "\u00a0{}",
                "{,}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{\"a\":[1,,2]}",
                "{\"a\":[1,]}",
                "{\"a\":[,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":0x10}",
                "{\"a\":1e}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":TRUE}",
                "{\"a\":tru}",
                "{\"a\":'x'}",
                "{\"a\":\"x\ny\"}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\q\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\u00\"}",
                "{\"a\":\"\\u٠٠٤١\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ude00\\ud83d\"}",
                "{\"a\":\"",
                "{}\u0000"
            })
    void refusesWhatIsNoJsonObject(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":null,\"a\":1}",
                "{\"sub\":1,\"\\u0073ub\":2}",
                "{\"o\":{\"a\":1,\"a\":2}}"
            })
    void refusesDuplicateMembersHoweverTheyAreSpelled(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    }

    @Test
    void refusesMoreThan32Levels() {
        assertEquals(
                1, Json.parse("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").size());
        assertThrows(
                IllegalArgumentException.class, () -> Json.parse("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"));
        assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"a\":" + "[".repeat(500_000)));
    }

    @Test
    void countsLevelsNotBrackets() {
        assertEquals(1, Json.parse("{\"a\":[" + "[],".repeat(100) + "{}]}").size());
    }

    @Test
    void refusesNumbersThatJavaCannotHold() {
        assertEquals(Map.of("a", Long.MAX_VALUE), Json.parse("{\"a\":9223372036854775807}"));
        assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"a\":9223372036854775808}"));
        assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"a\":1e999}"));
        assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"a\":0." + "1".repeat(100) + "}"));
    }

    @Test
    void boundsTheLengthOfANumber() {
        var longest = "0." + "1".repeat(62);
        assertEquals(Map.of("a", Double.valueOf(longest)), Json.parse("{\"a\":" + longest + "}"));
        assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"a\":" + longest + "1}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a" 1}       | 5
            {"a":1 "b":2} | 7
            {"a":[1 2]}   | 8
            []            | 0
            """)
    void saysWhereItExpectedSomethingElse(String text, int position) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
        assertTrue(String.valueOf(refusal.getMessage()).contains("at position " + position + ": expected"));
    }

    @Test
    void neverQuotesTheContentInAnException() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> Json.parse("{\"secret-name\":\"secret-value\" oops}"));
        assertFalse(String.valueOf(refusal.getMessage()).contains("secret"));
        var duplicate = assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"secret\":1,\"secret\":1}"));
        assertFalse(String.valueOf(duplicate.getMessage()).contains("secret"));
    }

    @Test
    void yieldsUnmodifiableValues() {
        var read = Json.parse("{\"l\":[1],\"o\":{}}");
        assertThrows(UnsupportedOperationException.class, () -> read.remove("l"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> new JsonObject(read).array("l").orElseThrow().clear());
    }

    @Test
    void writesWhatItReads() {
        var text = "{\"s\":\"a\\\"\\\\b\",\"i\":-12,\"f\":1.5,\"t\":true,\"n\":[1,[],{}],\"o\":{\"x\":\"ü\"}}";
        assertEquals(text, Json.write(Json.parse(text)));
    }

    @Test
    void writesPlainTextAsItIs() {
        assertEquals("{\"x\":\"a b!\"}", Json.write(Map.of("x", "a b!")));
    }

    @Test
    void writesTextThatIsInertInsideAPage() {
        var written = Json.write(Map.of("x", "</script>&\u2028\u0000\n😀"));
        assertEquals("{\"x\":\"\\u003c/script\\u003e\\u0026\\u2028\\u0000\\u000a\\ud83d\\ude00\"}", written);
        assertEquals(Map.of("x", "</script>&\u2028\u0000\n😀"), Json.parse(written));
    }

    @Test
    void refusesToWriteWhatJsonCannotSay() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("x", Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("x", new Object())));
        var nested = new LinkedHashMap<String, Object>();
        nested.put("x", List.of(Map.of("y", Double.POSITIVE_INFINITY)));
        assertThrows(IllegalArgumentException.class, () -> Json.write(nested));
    }
}
