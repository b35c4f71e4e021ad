// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OidcSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

    @Test
    @Tag("CF-03")
    void survivesBeingStored() {
        var session = full();
        var read = OidcSession.fromBytes(session.toBytes()).orElseThrow();
        assertEquals(session.identity(), read.identity());
        assertEquals(session.tokens(), read.tokens());
        assertEquals(session.authentication(), read.authentication());
        assertEquals(session.times(), read.times());
    }

    @Test
    void survivesWithoutWhatIsOptional() {
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
        var read = OidcSession.fromBytes(session.toBytes()).orElseThrow();
        assertEquals(session.tokens(), read.tokens());
        assertEquals(session.authentication(), read.authentication());
        assertEquals(session.identity(), read.identity());
    }

    @Test
    @Tag("SE-20")
    void aFormOfAnotherGenerationIsNoSession() {
        var bytes = full().toBytes();
        bytes[0]++;
        assertEquals(Optional.empty(), OidcSession.fromBytes(bytes));
    }

    @Test
    @Tag("SE-20")
    void whatALaterVersionAddsIsPassedOver() {
        var session = full();
        var later = ByteBuffer.allocate(4096)
                .put(session.toBytes())
                .put((byte) 200)
                .put((byte) 5)
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
    @Tag("SE-20")
    void aTokenWrittenInAWayThatOnlyALaterVersionKnowsIsNoSession() {
        assertEquals(Optional.empty(), OidcSession.fromBytes(with("0502" + "0274")));
        assertTrue(OidcSession.fromBytes(with("0502" + "0074")).isPresent());
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
        var none = OidcSession.fromBytes(with("110a" + "ffffffffffffffff7f" + "00")); // the greatest number of seconds
        assertEquals(Optional.empty(), none);
        assertEquals(Optional.empty(), OidcSession.fromBytes(with("1102" + "0080")), "a number that has no end");
        assertEquals(Optional.empty(), OidcSession.fromBytes(with("110c" + "80".repeat(10) + "01" + "00")), "too long");
        assertTrue(OidcSession.fromBytes(with("1102" + "0500")).isPresent());
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
        for (var length : List.of("02", "7f", "ffffffff0f", "ffffffffffffffff7f", "ffffffffffffffffff01", "808080")) {
            assertEquals(Optional.empty(), OidcSession.fromBytes(with("0d" + length + "78")), length);
        }
        assertTrue(OidcSession.fromBytes(with("0d0178")).isPresent());
    }

    /** A session, and a value more. */
    private static byte[] with(String hex) {
        return HexFormat.of().parseHex(HexFormat.of().formatHex(full().toBytes()) + hex);
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
                        new OidcSession.Validity(Instant.ofEpochSecond(1), Optional.empty(), Optional.empty(), true),
                        new OidcSession.Grant(Optional.of("g"), Optional.of(Instant.ofEpochSecond(4)))),
                new OidcSession.Authentication(Optional.of("c"), Optional.empty()),
                new OidcSession.Times(
                        Instant.ofEpochSecond(2), Instant.ofEpochSecond(3), Instant.ofEpochSecond(300, 5)));
        assertEquals(
                "05" + "000169" + "010173" + "03016e" + "040172" + "05020074" + "07020061" + "08020066" + "130167"
                        + "14020400" + "09020100" + "0c00" + "0d0163" + "0f020200" + "10020300" + "1103ac0205",
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

    @Test
    void whatIsKnownOfTheAccessTokenGoesOnWithoutRefresh() {
        assertEquals(full().tokens().grant(), full().withoutRefresh().tokens().grant());
        assertEquals(Optional.empty(), full().withoutRefresh().tokens().refreshToken());
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
                                true),
                        new OidcSession.Grant(Optional.of("openid email"), Optional.of(NOW))),
                new OidcSession.Authentication(Optional.of("mfa"), Optional.of(NOW)),
                new OidcSession.Times(NOW, NOW, NOW.plusSeconds(3600)));
    }
}
