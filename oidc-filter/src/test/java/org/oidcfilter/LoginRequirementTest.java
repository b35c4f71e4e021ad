// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginRequirementTest {
    private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));
    private static final Optional<Duration> HOUR = Optional.of(Duration.ofHours(1));

    @RequireAuthentication
    private static final class Plain {}

    @RequireAuthentication(
            acr = {"mfa", "phr"},
            maxAge = 60)
    private static final class Strict {}

    @RequireAuthentication(maxAge = 0)
    private static final class Never {}

    @RequireAuthentication(maxAge = -2)
    private static final class BeforeNever {}

    private static LoginRequirement of(Class<?> type) {
        return LoginRequirement.of(type.getAnnotation(RequireAuthentication.class));
    }

    private static LoginRequirement acr(String... values) {
        return new LoginRequirement(List.of(values), Optional.empty());
    }

    @Test
    void saysWhatTheAnnotationDoes() {
        assertEquals(LoginRequirement.NONE, of(Plain.class));
        assertEquals(new LoginRequirement(List.of("mfa", "phr"), MINUTE), of(Strict.class));
    }

    @Test
    void anAgeThatNobodyMeetsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> of(Never.class));
        assertThrows(IllegalArgumentException.class, () -> of(BeforeNever.class));
        var shortest = Optional.of(Duration.ofMillis(999));
        assertThrows(IllegalArgumentException.class, () -> new LoginRequirement(List.of(), shortest));
    }

    /** On the wire, values are separated by spaces. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "mfa phr", "mfa\t"})
    void aValueThatWouldBeReadAsNoneOrTwoIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> acr(value));
    }

    @Test
    void bothAreMetByWhatTheyHaveInCommon() {
        assertEquals(acr("phr", "mfa"), acr("pwd", "mfa", "phr").and(acr("phr", "mfa", "gold")));
        assertEquals(acr("mfa"), acr("mfa").and(LoginRequirement.NONE));
        assertEquals(acr("mfa"), LoginRequirement.NONE.and(acr("mfa")));
        assertThrows(IllegalArgumentException.class, () -> acr("mfa").and(acr("phr")));
    }

    @Test
    void theShorterAgeCounts() {
        var minute = new LoginRequirement(List.of(), MINUTE);
        var hour = new LoginRequirement(List.of(), HOUR);
        assertEquals(minute, minute.and(hour));
        assertEquals(minute, hour.and(minute));
        assertEquals(minute, minute.and(LoginRequirement.NONE));
        assertEquals(minute, LoginRequirement.NONE.and(minute));
    }
}
