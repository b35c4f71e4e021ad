// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

/** What a browser may send in place of a session, and what a store may hold in its place. */
class SessionCookieFuzzTest {
    private static final StateCookie.Scope SCOPE = new StateCookie.Scope(false, "/shop");
    private static final Instant NOW = Instant.ofEpochMilli(1700000001000L);
    private static final SessionCookie SESSIONS = new SessionCookie(
            CookieKeys.of(List.of(Secret.of("a key of thirty-two characters or more"))), "shop", 6000);

    /** The number of cookies, and then whatever they hold. */
    @FuzzTest(maxDuration = "10m")
    void nothingThatWeHaveNotSealedIsASession(byte[] bytes) {
        var name = SESSIONS.write(session(), SCOPE, List.of()).get(0).name();
        var lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        var cookies = new ArrayList<Entry<String, String>>();
        for (var i = 0; i < lines.size(); i++) {
            cookies.add(Map.entry(i == 0 ? name : name + "-" + i, lines.get(i)));
        }
        assertEquals(Optional.empty(), SESSIONS.read(SCOPE, cookies));
        var sent = cookies.stream().map(Entry::getKey).collect(Collectors.toSet());
        for (var removal : SESSIONS.removal(SCOPE, cookies)) {
            assertTrue(sent.contains(removal.name()) && removal.maxAge().isZero());
        }
    }

    /** What can be read is read to the last field that is known: written again it is the same for ever. */
    @FuzzTest(maxDuration = "10m")
    void bytesAreASessionOrNone(byte[] bytes) {
        var read = OidcSession.fromBytes(bytes);
        if (read.isPresent()) {
            var written = read.get().toBytes();
            var again = OidcSession.fromBytes(written).orElseThrow();
            assertEquals(read.get().identity(), again.identity());
            assertEquals(read.get().times(), again.times());
            assertEquals(written.length, again.toBytes().length);
        }
        var changed = session().toBytes();
        for (var i = 0; i < Math.min(bytes.length, changed.length); i++) {
            changed[i] ^= bytes[i];
        }
        OidcSession.fromBytes(changed).ifPresent(other -> assertTrue(other.toBytes().length > 0));
        assertArrayEquals(session().toBytes(), session().toBytes());
    }

    private static OidcSession session() {
        return new OidcSession(
                new OidcSession.Identity("https://id.example", "alice", Optional.of("sid"), "Alice", Set.of("user")),
                new OidcSession.Tokens(
                        Secret.of("a.b.c"),
                        Optional.of(Secret.of("{}")),
                        Optional.of(Secret.of("access")),
                        Optional.of(Secret.of("refresh")),
                        new OidcSession.Validity(NOW, Optional.of(NOW), Optional.of(NOW), true)),
                new OidcSession.Authentication(Optional.of("mfa"), Optional.of(NOW)),
                new OidcSession.Times(NOW, NOW, NOW));
    }
}
