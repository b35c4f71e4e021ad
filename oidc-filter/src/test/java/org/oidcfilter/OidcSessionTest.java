// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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
    void aFormOfAnotherGenerationIsNoSession() throws Exception {
        var bytes = bytes(full());
        bytes[generation(bytes)]++;
        assertNull(read(bytes));
    }

    @Test
    @Tag("SE-20")
    void whatALaterVersionAddsIsPassedOver() {
        var session = full();
        var later = ByteBuffer.allocate(4096)
                .put(session.toBytes())
                .put((byte) 200)
                .putInt(5)
                .put("later".getBytes(UTF_8));
        later.flip();
        var bytes = new byte[later.remaining()];
        later.get(bytes);
        var read = OidcSession.fromBytes(bytes).orElseThrow();
        assertEquals(session.identity(), read.identity());
        assertEquals(session.tokens(), read.tokens());
        assertEquals(session.times(), read.times());
    }

    @Test
    void remembersTheLoginsThatItFollows() {
        var first = full();
        var own = full().times();
        var later = new OidcSession(
                        first.identity(),
                        first.tokens(),
                        first.authentication(),
                        new OidcSession.Times(NOW.plusSeconds(60), NOW.plusSeconds(60), own.endsAt()))
                .continuing(first);
        assertEquals(NOW, later.times().firstLoginStartedAt());
        var read = OidcSession.fromBytes(later.usedAt(NOW.plusSeconds(90)).toBytes())
                .orElseThrow();
        assertEquals(NOW, read.times().firstLoginStartedAt());
        assertEquals(NOW.plusSeconds(60), read.times().loginStartedAt());
    }

    @Test
    void timesBeyondAllCalendarsAreNoSession() {
        var bytes = full().toBytes();
        ByteBuffer.wrap(bytes).putLong(bytes.length - 12, Long.MAX_VALUE).putInt(bytes.length - 4, 2_000_000_000);
        assertEquals(Optional.empty(), OidcSession.fromBytes(bytes));
    }

    @Test
    void bytesThatEndTooEarlyAreNoSession() {
        var bytes = full().toBytes();
        for (var length = 0; length < bytes.length; length++) {
            assertEquals(Optional.empty(), OidcSession.fromBytes(Arrays.copyOf(bytes, length)), "" + length);
        }
    }

    @Test
    void bytesThatLieAboutALengthAreNoSession() {
        for (var length : List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20)) {
            var bytes = full().toBytes();
            ByteBuffer.wrap(bytes).putInt(2, length);
            assertEquals(Optional.empty(), OidcSession.fromBytes(bytes));
        }
    }

    @Test
    void theNumbersOfTheFieldsAreForEver() {
        var none = Optional.<String>empty();
        var session = new OidcSession(
                new OidcSession.Identity("i", "s", none, "n", Set.of("r")),
                new OidcSession.Tokens(
                        Secret.of("t"),
                        Optional.empty(),
                        Optional.of(Secret.of("a")),
                        Optional.of(Secret.of("f")),
                        new OidcSession.Validity(Instant.ofEpochSecond(1), Optional.empty(), Optional.empty(), true)),
                new OidcSession.Authentication(Optional.of("c"), Optional.empty()),
                new OidcSession.Times(Instant.ofEpochSecond(2), Instant.ofEpochSecond(3), Instant.ofEpochSecond(4, 5)));
        var instant = "0000000c%016x%08x";
        assertEquals(
                "04" + "000000000169" + "010000000173" + "03000000016e" + "040000000172" + "050000000174"
                        + "070000000161" + "080000000166" + "09" + instant.formatted(1, 0) + "0c00000000"
                        + "0d0000000163" + "0f" + instant.formatted(2, 0) + "10" + instant.formatted(3, 0) + "11"
                        + instant.formatted(4, 5),
                HexFormat.of().formatHex(session.toBytes()));
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

    /** Follows the four bytes of the length, at the beginning of the only block of data. */
    private static int generation(byte[] bytes) {
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == ObjectOutputStream.TC_BLOCKDATA || bytes[i] == ObjectOutputStream.TC_BLOCKDATALONG) {
                return i + (bytes[i] == ObjectOutputStream.TC_BLOCKDATA ? 2 : 5) + Integer.BYTES;
            }
        }
        throw new AssertionError("no data");
    }
}
