// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.config.ClaimPath;

class CallerNameTest {
    private static final CallerName NAME = name("name", "email", "profile.nick");

    @Test
    void theFirstClaimThatHoldsANameCounts() {
        assertEquals(Optional.of("Alice"), of(Map.of("name", "Alice", "profile", Map.of("nick", "Al"))));
        assertEquals(Optional.of("Al"), of(Map.of("profile", Map.of("nick", "Al"))));
        assertEquals(Optional.empty(), of(Map.of("nick", "Al", "Name", "Alice")));
    }

    @Test
    void whatIsNoStringIsNoName() {
        for (Object value : List.of(5, true, List.of("Alice"), Map.of("first", "Alice"))) {
            assertEquals(Optional.of("Al"), of(Map.of("name", value, "profile", Map.of("nick", "Al"))));
        }
    }

    @Test
    @Tag("ID-55")
    void anAddressIsANameIfItIsVerified() {
        assertEquals(Optional.of("a@b.test"), of(Map.of("email", "a@b.test", "email_verified", true)));
        assertEquals(Optional.of("a@b.test"), of(Map.of("email", "a@b.test", "email_verified", "true")));
        for (Object verified : List.of(false, "false", "True", 1, List.of(true))) {
            assertEquals(Optional.empty(), of(Map.of("email", "a@b.test", "email_verified", verified)));
        }
        assertEquals(Optional.empty(), name("'email'").of(SessionClaims.of(Map.of("email", "a@b.test"), Map.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u200B\u00A0\uFEFF",
                "\u3164\u115F\u1160\uFFA0",
                "\u2800",
                "Alice\r\nSet-Cookie: x=1",
                "Alice\u0000",
                "\u001B[31mAlice",
                "Alice\u0085",
                "Alice\u2028Bob",
                "\u202Eecila",
                "a\u2066b"
            })
    @Tag("HI-01")
    void whatIsNotFitToBeShownIsNoName(String name) {
        assertEquals(Optional.of("Al"), of(Map.of("name", name, "profile", Map.of("nick", "Al"))));
    }

    @Test
    @Tag("HI-01")
    void halfACharacterMakesNoName() {
        for (var half : List.of('\uD83D', '\uDC69')) {
            assertEquals(Optional.empty(), of(Map.of("name", "Alice" + half)));
        }
    }

    @Test
    @Tag("HI-02")
    void aNameHasAnEnd() {
        assertEquals(Optional.empty(), of(Map.of("name", "x".repeat(257))));
        assertEquals(Optional.of("x".repeat(256)), of(Map.of("name", "x".repeat(256))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Łukasz Żółć",
                "علي\u200C‌رضا",
                "李小龍",
                "O'Brien & <Sons>",
                "👩\u200D💻",
                "7",
                "…",
                "\u200Eאבי\u200F",
                "김\u3164수"
            })
    void namesOfAllPeopleAreNames(String name) {
        assertEquals(Optional.of(name), of(Map.of("name", name)));
    }

    private static Optional<String> of(Map<String, Object> claims) {
        return NAME.of(SessionClaims.of(claims, Map.of()));
    }

    private static CallerName name(String... paths) {
        return new CallerName(Stream.of(paths).map(ClaimPath::parse).toList());
    }
}
