// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Secret;

class PkceTest {
    @Test
    void makesTheChallengeOfRfc7636AppendixB() {
        assertEquals(
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                Pkce.challenge(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 42, 129})
    void refusesAVerifierThatIsTooShortOrTooLong(int length) {
        assertThrows(IllegalArgumentException.class, () -> Pkce.challenge(Secret.of("a".repeat(length))));
    }
}
