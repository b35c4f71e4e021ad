// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OidcSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

    @Test
    @Tag("CF-03")
    void survivesSerializationByTheContainer() throws Exception {
        var session = full();
        var read = Objects.requireNonNull((OidcSession) read(bytes(session)));
        assertEquals(session.identity(), read.identity());
        assertEquals(session.tokens(), read.tokens());
        assertEquals(session.authentication(), read.authentication());
        assertEquals(session.times(), read.times());
    }

    @Test
    void survivesWithoutWhatIsOptional() throws Exception {
        var session = new OidcSession(
                new OidcSession.Identity("https://id.example", "1", Optional.empty(), "1", Set.of()),
                new OidcSession.Tokens(
                        Secret.of("a.b.c"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(NOW, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(NOW, NOW, NOW));
        var read = Objects.requireNonNull((OidcSession) read(bytes(session)));
        assertEquals(session.tokens(), read.tokens());
        assertEquals(session.authentication(), read.authentication());
        assertEquals(session.identity(), read.identity());
    }

    @Test
    @Tag("SE-20")
    void aFormOfAnotherVersionIsNoSession() throws Exception {
        var bytes = bytes(full());
        var version = indexOfVersion(bytes);
        ByteBuffer.wrap(bytes).putInt(version, 1);
        assertNull(read(bytes));
    }

    @Test
    void belongsToAPersonAtAProvider() {
        var alice = full();
        assertTrue(alice.sameCallerAs(alice.usedAt(NOW.plusSeconds(60))));
        var identity = alice.identity();
        var elsewhere = new OidcSession(
                new OidcSession.Identity("https://other.example", identity.subject(), identity.sid(), "x", Set.of()),
                alice.tokens(),
                alice.authentication(),
                alice.times());
        assertFalse(alice.sameCallerAs(elsewhere));
    }

    @Test
    void useMovesNothingButTheTimeOfUse() {
        var later = full().usedAt(NOW.plusSeconds(60));
        assertEquals(new OidcSession.Times(NOW, NOW.plusSeconds(60), NOW.plusSeconds(3600)), later.times());
        assertEquals(full().identity(), later.identity());
    }

    private static OidcSession full() {
        return new OidcSession(
                new OidcSession.Identity("https://id.example", "1", Optional.of("sid-1"), "Alice", Set.of("a", "b")),
                new OidcSession.Tokens(
                        Secret.of("a.b.c"),
                        Optional.of(Secret.of("{}")),
                        Optional.of(Secret.of("access")),
                        Optional.of(Secret.of("refresh")),
                        new OidcSession.Validity(
                                NOW.plusSeconds(300),
                                Optional.of(NOW.plusSeconds(200)),
                                Optional.of(NOW.plusSeconds(170)),
                                true)),
                new OidcSession.Authentication(Optional.of("mfa"), Optional.of(NOW)),
                new OidcSession.Times(NOW, NOW, NOW.plusSeconds(3600)));
    }

    private static byte[] bytes(OidcSession session) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var objects = new ObjectOutputStream(out)) {
            objects.writeObject(session);
        }
        return out.toByteArray();
    }

    private static @Nullable Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (var objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return objects.readObject();
        }
    }

    /** The version is the first thing written: the only block of exactly one int before the first string. */
    private static int indexOfVersion(byte[] bytes) {
        for (var i = 0; i < bytes.length - 6; i++) {
            if (bytes[i] == ObjectOutputStream.TC_BLOCKDATA && bytes[i + 1] == 4 && bytes[i + 5] == 3) {
                return i + 2;
            }
        }
        throw new AssertionError("no version");
    }
}
