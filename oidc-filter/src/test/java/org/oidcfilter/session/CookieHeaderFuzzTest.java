// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Secret;
import org.oidcfilter.SetCookie;
import org.oidcfilter.session.StateCookie.Scope;

/** The whole of a {@code Cookie} header, most of which is not ours: anybody on a neighbouring host can add to it. */
class CookieHeaderFuzzTest {
    private static final Secret KEY = Secret.of("a key of thirty-two characters or more");
    private static final Secret STATE = Secret.of("state");
    private static final Scope HTTPS = new Scope(true, "/shop");
    private static final Scope HTTP = new Scope(false, "/shop");
    private static final int LARGEST_TOGETHER = 3 * 1024;

    /** The login with {@link #STATE}, sealed once: sealing it again gives another text. */
    private static final String GENUINE =
            "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..X0gIAHXyWQy8FM32.vLSZBzGVQYFEjF7gtFV-ZRq6sRZHYBbUCnFf2E"
                    + "QAHTuMrQcMItLc6cWL6f05vawsCx-LK4Bx00-FyA-nWEnl6_o9QefdIC3LnsHgPgSd3AlpZ2pBJ3NavTc63ZqvKy_z8xAtRR"
                    + "a9qjLyG-leCdMWAiafuEaR.q9F7NylwKA4Utosb0bEqAg";

    private static final Instant NOW = Instant.ofEpochMilli(1700000001000L);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final CookieKeys KEYS = CookieKeys.of(List.of(KEY));
    private static final StateCookie<LoginState> LOGINS =
            StateCookie.forLogins(KEYS, "shop", Duration.ofMinutes(10), CLOCK);
    private static final StateCookie<LogoutState> LOGOUTS = StateCookie.forLogouts(KEYS, "shop", CLOCK);
    private static final LoginState NEXT = LoginState.start(
            "/shop/", URI.create("https://shop.example/shop/oidc/callback"), LoginState.Asked.NOTHING, NOW);
    private static final LogoutState NEXT_LOGOUT = LogoutState.start("/shop/", NOW);

    @Test
    void theGenuineCookieIsFoundAmongOthers() {
        var ours = Map.entry(LOGINS.removal(STATE, HTTPS).name(), GENUINE);
        var found = LOGINS.find(STATE, HTTPS, List.of(Map.entry("a", "b"), Map.entry(ours.getKey(), "x"), ours));
        assertEquals("/shop/", found.orElseThrow().returnTo());
    }

    /** A line is a cookie: its name, {@code =}, its value. */
    @FuzzTest(maxDuration = "10m")
    void findsTheGenuineCookieAloneAndKeepsTheHeaderSmall(byte[] bytes) {
        var cookies = new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .map(CookieHeaderFuzzTest::cookie)
                .toList();
        for (var scope : List.of(HTTPS, HTTP)) {
            var genuine = Map.entry(LOGINS.removal(STATE, scope).name(), GENUINE);
            assertEquals(
                    cookies.contains(genuine),
                    LOGINS.find(STATE, scope, cookies).isPresent());
            assertEquals(
                    false, LOGINS.find(Secret.of("another"), scope, cookies).isPresent());
            assertEquals(false, LOGOUTS.find(STATE, scope, cookies).isPresent());
            requireRoom("oidc-[0-9a-f]{8}-[\\w-]{16}", LOGINS.start(NEXT, scope, cookies), scope, cookies);
            requireRoom(
                    "oidc-logout-[0-9a-f]{8}-[\\w-]{16}", LOGOUTS.start(NEXT_LOGOUT, scope, cookies), scope, cookies);
            requireReadableOneStays(genuine, LOGINS.start(NEXT, scope, cookies), cookies);
        }
    }

    private static Entry<String, String> cookie(String line) {
        int equals = line.indexOf('=');
        return equals < 0 ? Map.entry(line, "") : Map.entry(line.substring(0, equals), line.substring(equals + 1));
    }

    /** What is begun is set, what is removed was there and is ours, and what remains is little. */
    private static void requireRoom(
            String pattern, List<SetCookie> changes, Scope scope, List<Entry<String, String>> cookies) {
        var ours = (scope.secure() ? "__Host-" : "") + pattern;
        var begun = changes.get(0);
        require(begun.name().matches(ours) && !begun.value().isEmpty(), "nothing begun");
        var removed = new HashSet<String>();
        for (var removal : changes.subList(1, changes.size())) {
            require(removal.name().matches(ours), "the removal of somebody else's cookie");
            require(cookies.stream().anyMatch(sent -> sent.getKey().equals(removal.name())), "nothing to remove");
            require(removal.value().isEmpty() && removal.maxAge().isZero(), "no removal");
            require(removed.add(removal.name()), "removed twice");
        }
        changes.forEach(change -> require(change.header().matches("[ -~]+"), "not a header"));
        requireLittle(begun, remaining(begun.name(), removed, cookies));
    }

    /** Of the same application, by the same prefix; those of others are not ours to remove. */
    private static List<Entry<String, String>> remaining(
            String begun, Set<String> removed, List<Entry<String, String>> cookies) {
        var prefix = begun.substring(0, begun.length() - 16);
        return cookies.stream()
                .filter(sent -> sent.getKey().startsWith(prefix))
                .filter(sent -> sent.getKey().substring(prefix.length()).matches("[\\w-]{16}"))
                .filter(sent -> !removed.contains(sent.getKey()))
                .toList();
    }

    private static void requireLittle(SetCookie begun, List<Entry<String, String>> remaining) {
        var names = remaining.stream().map(Entry::getKey).distinct().count();
        require(names <= 3, "too many cookies: " + names);
        int size = remaining.stream()
                .mapToInt(sent -> sent.getKey().length() + sent.getValue().length())
                .sum();
        int all = size + begun.name().length() + begun.value().length();
        require(all <= LARGEST_TOGETHER, "too large together: " + all);
    }

    /** Rubbish pushes no pending login out; only what we sealed ourselves does. */
    private static void requireReadableOneStays(
            Entry<String, String> genuine, List<SetCookie> changes, List<Entry<String, String>> cookies) {
        boolean removed = changes.stream().anyMatch(change -> change.name().equals(genuine.getKey()));
        boolean alone = cookies.stream()
                .filter(sent -> sent.getValue().equals(GENUINE) || sent.getKey().equals(genuine.getKey()))
                .allMatch(genuine::equals);
        boolean once = cookies.stream().filter(genuine::equals).count() == 1;
        require(!(removed && alone && once), "a pending login was pushed out");
    }
}
