// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.protocol.LoginParameters.NONE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginParametersTest {
    private static final LoginParameters GENERAL = new LoginParameters(
            List.of("login"),
            Optional.of(Duration.ofHours(1)),
            List.of("silver"),
            List.of("https://api.test"),
            Map.of("display", "page", "ui_locales", "nl"));

    @Test
    void whatIsSaidLaterWins() {
        var special = new LoginParameters(
                List.of("consent"),
                Optional.of(Duration.ofMinutes(1)),
                List.of("gold"),
                List.of("https://other.test"),
                Map.of("display", "popup", "login_hint", "a"));
        assertEquals(
                new LoginParameters(
                        List.of("consent"),
                        Optional.of(Duration.ofMinutes(1)),
                        List.of("gold"),
                        List.of("https://other.test"),
                        Map.of("display", "popup", "ui_locales", "nl", "login_hint", "a")),
                GENERAL.and(special));
    }

    @Test
    void whatIsNotSaidLaterHolds() {
        assertEquals(GENERAL, GENERAL.and(NONE));
        assertEquals(GENERAL, NONE.and(GENERAL));
        assertEquals(NONE, NONE.and(NONE));
    }

    @ParameterizedTest
    @CsvSource({"60, 30, 30", "30, 60, 30", "30, 30, 30"})
    void ofTwoAgesTheShorterHolds(long first, long second, long expected) {
        assertEquals(
                Optional.of(Duration.ofSeconds(expected)),
                age(first).and(age(second)).maxAge());
    }

    private static LoginParameters age(long seconds) {
        return new LoginParameters(List.of(), Optional.of(Duration.ofSeconds(seconds)), List.of(), List.of(), Map.of());
    }
}
