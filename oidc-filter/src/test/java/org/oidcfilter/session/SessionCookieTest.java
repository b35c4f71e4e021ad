// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.SetCookie;

class SessionCookieTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final CookieKeys KEYS = CookieKeys.of(List.of(Secret.of("a key of thirty-two characters or more")));
    private static final StateCookie.Scope HTTPS = new StateCookie.Scope(true, "/app");
    private static final StateCookie.Scope LOCAL = new StateCookie.Scope(false, "/app");

    private final SessionCookie cookie = new SessionCookie(KEYS, "shop", 12_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 2000, 4000, 6000, 8000})
    void readsWhatItHasWritten(int length) {
        for (var scope : List.of(HTTPS, LOCAL)) {
            var session = session(length);
            var cookies = cookie.write(session, scope, List.of());
            var read = cookie.read(scope, sent(cookies)).orElseThrow();
            assertEquals(session.identity(), read.identity());
            assertEquals(session.tokens(), read.tokens());
        }
    }

    @Test
    void everyCookieIsOneThatBrowsersKeep() {
        for (var set : cookie.write(session(8000), HTTPS, List.of())) {
            assertTrue(set.name().length() + set.value().length() <= 4096);
            assertTrue(set.name().startsWith("__Host-oidc-session-"));
            assertTrue(set.secure());
            assertEquals("/", set.path());
            assertEquals(SetCookie.SESSION, set.maxAge());
        }
    }

    @Test
    void theLimitIsForAllCookiesTogetherWithTheirNames() {
        var size = cookie.write(session(3000), HTTPS, List.of()).stream()
                .mapToInt(set -> set.name().length() + set.value().length())
                .sum();
        assertTrue(sizes(size, 3000));
        var refused = assertThrows(InvalidResponseException.class, () -> new SessionCookie(KEYS, "shop", size / 2)
                .write(session(3000), HTTPS, List.of()));
        assertEquals(Reason.SESSION_TOO_LARGE, refused.reason());
    }

    @Test
    void cookiesOfAnotherSchemeAreNotRead() {
        var cookies = sent(cookie.write(session(10), HTTPS, List.of()));
        assertEquals(Optional.empty(), cookie.read(LOCAL, cookies));
    }

    @Test
    void ofTwoCookiesWithOneNameTheFirstCounts() {
        var ours = sent(cookie.write(session(10), LOCAL, List.of())).get(0);
        var planted = Map.entry(ours.getKey(), "1.planted");
        assertTrue(cookie.read(LOCAL, List.of(ours, planted)).isPresent());
        assertEquals(Optional.empty(), cookie.read(LOCAL, List.of(planted, ours)));
    }

    @Test
    @Tag("SE-08")
    void whatInflatesWithoutEndIsNoSession() {
        var name = sent(cookie.write(session(10), LOCAL, List.of())).get(0).getKey();
        var sealer = new CookieSealer(KEYS, "session shop");
        var bomb = sealer.seal(Deflated.bytes(new byte[100 * 1024 * 1024]));
        assertTrue(bomb.length() < 200 * 1024);
        assertEquals(Optional.empty(), cookie.read(LOCAL, List.of(Map.entry(name, "1." + bomb))));
        var smaller = Deflated.bytes(new byte[10 * 1024 * 1024]);
        assertEquals(Optional.empty(), Deflated.inflate(smaller, 256 * 1024));
        for (var nonsense : List.of(new byte[0], "no session".getBytes(StandardCharsets.UTF_8))) {
            var sealed = List.of(Map.entry(name, "1." + sealer.seal(Deflated.bytes(nonsense))));
            assertEquals(Optional.empty(), cookie.read(LOCAL, sealed));
            assertEquals(Optional.empty(), cookie.read(LOCAL, List.of(Map.entry(name, "1." + sealer.seal(nonsense)))));
        }
    }

    private static boolean sizes(int limit, int length) {
        return !new SessionCookie(KEYS, "shop", limit + 50)
                .write(session(length), HTTPS, List.of())
                .isEmpty();
    }

    private static List<Entry<String, String>> sent(List<SetCookie> cookies) {
        return cookies.stream().map(set -> Map.entry(set.name(), set.value())).toList();
    }

    private static OidcSession session(int length) {
        var random = new Random(length);
        var token = new StringBuilder();
        for (var i = 0; i < length; i++) {
            token.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(random.nextInt(64)));
        }
        return new OidcSession(
                new OidcSession.Identity("https://id.example", "1", Optional.of("sid"), "Alice", Set.of("a", "b")),
                new OidcSession.Tokens(
                        Secret.of("a.b.c"),
                        Optional.empty(),
                        Optional.of(Secret.of(token.toString())),
                        Optional.empty(),
                        new OidcSession.Validity(NOW, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(NOW, NOW, NOW));
    }
}
