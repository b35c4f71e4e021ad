// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolePatternTest {
    @ParameterizedTest
    @CsvSource({
        "/shop/([a-z]+), /shop/admins, admins",
        "shop-.*, shop-admins, shop-admins",
        "(?:urn|x):(.+), urn:admin, admin",
        "(?i)shop-(.+), SHOP-Admin, Admin",
        "(?P<role>a+)b?, aab, aa",
        "a|(b), b, b"
    })
    void theGroupIsTheRoleOrAllOfItWhereThereIsNone(String expression, String found, String role) {
        assertEquals(Optional.of(role), RolePattern.parse(expression).role(found));
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/([a-z]+), /shop/admins/x",
        "/shop/([a-z]+), x/shop/admins",
        "/shop/([a-z]+), /SHOP/admins",
        "admin|user, administrator",
        "admin, superadmin",
        "a|(b), a"
    })
    @Tag("RC-03")
    void whatDoesNotMatchFromEndToEndIsNoRole(String expression, String found) {
        assertEquals(Optional.empty(), RolePattern.parse(expression).role(found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a{2,1}", "[z-a]", "(?=admin).*", "(a)\\1", "(?<!x)admin", "\\", "*"})
    void refusesWhatIsNoExpressionOfRe2(String expression) {
        var failure = assertThrows(IllegalArgumentException.class, () -> RolePattern.parse(expression));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("must be a regular expression of RE2"));
    }

    @Test
    void refusesWhatIsNestedTooDeeplyToBeRead() {
        var expression = "(?:a".repeat(10_000) + ")+".repeat(10_000);
        assertThrows(IllegalArgumentException.class, () -> RolePattern.parse(expression));
    }

    @Test
    void refusesASecondGroupForNobodyKnowsWhichIsTheRole() {
        assertThrows(IllegalArgumentException.class, () -> RolePattern.parse("(a)-(b)"));
        assertThrows(IllegalArgumentException.class, () -> RolePattern.parse("(?P<x>a)|(b)"));
    }

    /** What the JDK's expressions take years for. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(?:a|aa)+", "(?:a|a?)+", "(?:.*a){20}", "(?:a*)*b"})
    @Tag("RC-13")
    void takesNoExponentialTime(String expression) {
        var pattern = RolePattern.parse(expression);
        var text = "a".repeat(50_000) + "!";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(Optional.empty(), pattern.role(text)));
    }
}
