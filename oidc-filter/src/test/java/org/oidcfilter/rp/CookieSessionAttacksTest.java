// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.devprovider.Endpoint;

/** Group SE of docs/attacks.md, for sessions that live in the browser. The one attacked takes three cookies. */
class CookieSessionAttacksTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final String KEY = "the cookie key of thirty-two characters or more";
    private static final Map<String, String> SETTINGS = Map.of(
            "oidc.session",
            "cookie",
            "oidc.cookie-keys",
            KEY,
            "oidc.session-cookie-size",
            "12000",
            "oidc.refresh",
            "false");

    private final Application application = Application.with(SETTINGS);
    private final PlainBrowser alice = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        application.provider.answer(Endpoint.TOKEN, (request, honest) -> honest.get()
                .editJson(json -> json.put("refresh_token", random())));
        alice.logIn("/page");
        assertEquals(3, pieces(alice).size(), () -> pieces(alice).keySet().toString());
        assertTrue(alice.proceed(PAGE).caller().isPresent());
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    @Tag("SE-06")
    void aChangedByteAnywhereIsNoSession() throws Exception {
        for (var piece : pieces(alice).entrySet()) {
            var value = piece.getValue();
            for (var at = 0; at < value.length(); at += 397) {
                var changed = value.substring(0, at) + (value.charAt(at) == 'A' ? 'B' : 'A') + value.substring(at + 1);
                assertRefused(with(piece.getKey(), changed));
            }
            assertRefused(with(piece.getKey(), value.substring(0, value.length() - 1)));
            assertRefused(with(piece.getKey(), value.substring(0, value.length() / 2)));
            assertRefused(with(piece.getKey(), value + "A"));
            assertRefused(with(piece.getKey(), ""));
        }
    }

    @Test
    @Tag("SE-06")
    void piecesOfTwoSessionsMakeNone() throws Exception {
        var bob = application.loginAs("bob").browser();
        bob.logIn("/page");
        for (var piece : pieces(bob).entrySet()) {
            assertRefused(with(piece.getKey(), piece.getValue()));
        }
        application.clock.advance(Duration.ofMinutes(2));
        var before = pieces(alice);
        alice.proceed(PAGE);
        for (var piece : pieces(alice).entrySet()) {
            var mixed = new HashMap<>(before);
            mixed.put(piece.getKey(), piece.getValue());
            assertRefused(mixed);
        }
    }

    @Test
    @Tag("SE-06")
    void whatWasSealedForAnotherPurposeOrByAnotherKeyIsNoSession() throws Exception {
        for (var change : List.of(
                Map.of("oidc.cookie-keys", "x" + KEY),
                Map.of("oidc.client-id", "other"),
                Map.of("oidc.path", "/sso"))) {
            var settings = new HashMap<>(SETTINGS);
            settings.putAll(change);
            var elsewhere = new PlainBrowser(application.deployed(settings));
            var names = new ArrayList<>(pieces(alice).values());
            for (var name : pieces(alice).keySet()) {
                elsewhere.cookies.put(name, names.remove(0));
            }
            assertEquals(302, elsewhere.reply(PAGE).status(), change::toString);
        }
        var pending = application.browser();
        pending.reply(PAGE);
        var login = pending.cookies.values().iterator().next();
        assertRefused(Map.of(first(), "1." + login));
    }

    @Test
    @Tag("SE-06")
    void anOlderCookieIsWhatItWasUntilTheSessionEnds() throws Exception {
        var older = pieces(alice);
        application.clock.advance(Duration.ofMinutes(5));
        alice.proceed(PAGE);
        var copy = application.browser();
        copy.cookies.putAll(older);
        assertTrue(copy.proceed(PAGE).caller().isPresent(), "nobody on the server knows which is the newest");
        application.clock.advance(Duration.ofMinutes(28));
        copy.cookies.clear();
        copy.cookies.putAll(older);
        assertEquals(302, copy.reply(PAGE).status(), "but it has not been used since");
        alice.reply(PlainRequest.get("/oidc/logout?scope=here").header("Sec-Fetch-Site", "same-origin"));
        assertRefused(older);
    }

    @Test
    @Tag("SE-07")
    void nobodyCanReadTheSession() throws Exception {
        var session = String.join("", pieces(alice).values());
        for (var part : session.split("\\.", -1)) {
            var text = new String(Base64.getUrlDecoder().decode(part.length() > 1 ? part : ""), ISO_8859_1);
            for (var secret : List.of("alice", "Alice", "admin", "eyJ", application.provider.issuer())) {
                assertFalse(text.contains(secret), secret);
            }
        }
        assertFalse(alice.cookies.toString().contains("alice"));
    }

    @Test
    @Tag("SE-07")
    void twoSealingsOfTheSameSessionDiffer() throws Exception {
        application.clock.advance(Duration.ofMinutes(2));
        var cookies = PAGE.cookies(new LinkedHashMap<>(alice.cookies));
        var one = application.relyingParty.handle(cookies).cookies();
        var other = application.relyingParty.handle(cookies).cookies();
        assertEquals(3, one.size());
        for (var i = 0; i < 3; i++) {
            assertNotEquals(one.get(i).value(), other.get(i).value());
        }
    }

    @ParameterizedTest
    @Tag("SE-08")
    @ValueSource(
            strings = {"99999999", "-1", "1e9", "0", "2", "4", "9", ":", "", " ", "3.3", "03", "+3", "\u0663", "\u0000"
            })
    void aNumberOfCookiesThatIsNotRightIsNoSession(String number) throws Exception {
        var value = alice.cookies.getOrDefault(first(), "").substring(1);
        assertRefused(with(first(), number + value));
    }

    @Test
    @Tag("SE-08")
    void aMissingPieceIsNoSession() throws Exception {
        for (var name : pieces(alice).keySet()) {
            var some = new HashMap<>(alice.cookies);
            some.remove(name);
            assertRefused(some);
        }
    }

    @Test
    @Tag("SE-08")
    void hundredsOfPiecesAreNotEvenLookedAt() throws Exception {
        var bomb = new LinkedHashMap<>(alice.cookies);
        for (var i = 3; i < 500; i++) {
            bomb.put(first() + "-" + i, "A".repeat(4000));
        }
        var many = application.browser();
        many.cookies.putAll(bomb);
        assertTrue(many.proceed(PAGE).caller().isPresent(), "the first three make a session");
        bomb.put(first(), "9" + bomb.getOrDefault(first(), "").substring(1));
        many.cookies.clear();
        many.cookies.putAll(bomb);
        var refused = many.reply(PAGE.byScript());
        assertEquals(401, refused.status());
        assertEquals(9, refused.cookies().size(), "what could have been ours is cleared away");
    }

    private Map<String, String> with(String name, String value) {
        var cookies = new HashMap<>(alice.cookies);
        cookies.put(name, value);
        return cookies;
    }

    /** Not logged in, the cookies cleared, and nothing broken. */
    private void assertRefused(Map<String, String> cookies) throws Exception {
        var attacker = application.browser();
        attacker.cookies.putAll(cookies);
        var refused = attacker.reply(PAGE.byScript());
        assertEquals(401, refused.status());
        assertEquals(Map.of(), pieces(attacker));
    }

    private static SortedMap<String, String> pieces(PlainBrowser browser) {
        var pieces = new TreeMap<>(browser.cookies);
        pieces.keySet().removeIf(name -> !name.startsWith("oidc-session-"));
        return pieces;
    }

    private String first() {
        return pieces(alice).firstKey();
    }

    private static String random() {
        var bytes = new byte[6600];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
