// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Secret;

class CookieKeysTest {
    private static final Optional<Secret> CLIENT_SECRET = Optional.of(Secret.of("s".repeat(32)));

    @Test
    void configuredKeysComeFirst() {
        var configured = List.of(Secret.of("new"), Secret.of("old"));
        assertEquals(new CookieKeys(configured, false), CookieKeys.choose(configured, CLIENT_SECRET));
    }

    @Test
    void aLongClientSecretServesAllNodes() {
        assertEquals(
                new CookieKeys(List.of(CLIENT_SECRET.orElseThrow()), false),
                CookieKeys.choose(List.of(), CLIENT_SECRET));
    }

    @Test
    void otherwiseTheKeyIsRandomAndKnownToOneNode() {
        for (var secret : List.of(Optional.<Secret>empty(), Optional.of(Secret.of("s".repeat(31))))) {
            var keys = CookieKeys.choose(List.of(), secret);
            assertTrue(keys.singleNode());
            assertEquals(43, keys.keys().get(0).reveal().length());
            assertNotEquals(keys.keys(), CookieKeys.choose(List.of(), secret).keys());
        }
    }

    @Test
    void thereIsAlwaysAKey() {
        assertThrows(IllegalArgumentException.class, () -> new CookieKeys(List.of(), false));
        assertFalse(CookieKeys.choose(List.of(), Optional.empty()).keys().isEmpty());
    }
}
