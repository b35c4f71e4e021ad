// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Secret;

class CookieKeysTest {
    private static final Secret OLD = Secret.of("the old key of thirty-two characters");
    private static final Secret NEW = Secret.of("the new key of thirty-two characters");

    @Test
    void aLongClientSecretServesAllNodes() {
        var secret = Secret.of("s".repeat(32));
        var keys = CookieKeys.orElse(Optional.of(secret));
        assertEquals(List.of(secret), keys.current());
        assertFalse(keys.singleNode());
    }

    @Test
    void otherwiseTheKeyIsRandomAndKnownToOneNode() {
        for (var secret : List.of(Optional.<Secret>empty(), Optional.of(Secret.of("s".repeat(31))))) {
            var keys = CookieKeys.orElse(secret);
            assertTrue(keys.singleNode());
            assertEquals(43, keys.current().get(0).reveal().length());
            assertSame(keys.current(), keys.current());
            assertNotEquals(keys.current(), CookieKeys.orElse(secret).current());
        }
    }

    @Test
    void thereIsAlwaysAKey() {
        assertThrows(IllegalArgumentException.class, () -> CookieKeys.of(List.of()));
    }

    @Test
    @Tag("CF-10")
    void keysAreRotatedWhileWeRun() {
        var current = new AtomicReference<>(List.of(OLD));
        var sealer = new CookieSealer(CookieKeys.live(current::get), "test");
        var sealed = sealer.seal("text");
        current.set(List.of(NEW, OLD));
        assertEquals(Optional.of("text"), sealer.open(sealed));
        var sealedAnew = sealer.seal("text");
        current.set(List.of(NEW));
        assertEquals(Optional.empty(), sealer.open(sealed));
        assertEquals(Optional.of("text"), sealer.open(sealedAnew));
    }
}
