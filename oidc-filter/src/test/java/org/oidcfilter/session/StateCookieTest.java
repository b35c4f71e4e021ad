// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Secret;
import org.oidcfilter.SetCookie;
import org.oidcfilter.session.StateCookie.Scope;

class StateCookieTest {
    private static final Scope HTTPS = new Scope(true, "/shop");
    private static final Scope HTTP = new Scope(false, "/shop");
    private static final CookieKeys KEYS = CookieKeys.of(List.of(Secret.of("a key of thirty-two characters or more")));
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final URI REDIRECT_URI = URI.create("https://shop.example/shop/oidc/callback");

    private final MovingClock clock = new MovingClock();
    private final StateCookie<LoginState> cookies = StateCookie.forLogins(KEYS, "shop", LIFETIME, clock);
    private final Browser browser = new Browser();

    @Test
    void findsTheLoginThatTheBrowserStarted() {
        var login = start("/shop/cart?id=1");
        assertEquals(Optional.of(login), find(login.state()));
    }

    @Test
    void findsEachOfSeveralLogins() {
        var first = start("/shop/a");
        var second = start("/shop/b");
        assertEquals(Optional.of(first), find(first.state()));
        assertEquals(Optional.of(second), find(second.state()));
    }

    @Test
    void anotherStateFindsNothing() {
        start("/shop/");
        assertEquals(Optional.empty(), find(Secret.of("another")));
        assertEquals(Optional.empty(), find(Secret.of("")));
    }

    @Test
    void theCookieOfAnotherLoginUnderTheRightNameIsNotFound() {
        var first = start("/shop/a");
        var second = start("/shop/b");
        var names = List.copyOf(browser.cookies.keySet());
        var swapped = List.of(
                Map.entry(names.get(0), browser.cookies.get(names.get(1))),
                Map.entry(names.get(1), browser.cookies.get(names.get(0))));
        assertEquals(Optional.empty(), cookies.find(first.state(), HTTPS, swapped));
        assertEquals(Optional.empty(), cookies.find(second.state(), HTTPS, swapped));
    }

    @Test
    void triesAllCookiesOfOneName() {
        var login = start("/shop/");
        var cookie = browser.entries().get(0);
        var tossed = List.of(Map.entry(cookie.getKey(), "tossed by a neighbour"), cookie);
        assertEquals(Optional.of(login), cookies.find(login.state(), HTTPS, tossed));
    }

    @Test
    void overHttpsTheCookieIsBoundToTheHost() {
        var cookie = cookies.start(login("/shop/"), HTTPS, List.of()).get(0);
        assertTrue(cookie.name().matches("__Host-oidc-[0-9a-f]{8}-[\\w-]{16}"), cookie.name());
        assertEquals("/", cookie.path());
        assertTrue(cookie.secure());
    }

    @Test
    void overHttpTheCookieIsBoundToTheApplication() {
        var cookie = cookies.start(login("/shop/"), HTTP, List.of()).get(0);
        assertTrue(cookie.name().matches("oidc-[0-9a-f]{8}-[\\w-]{16}"), cookie.name());
        assertEquals("/shop", cookie.path());
        assertFalse(cookie.secure());
    }

    @Test
    void whatCameOverHttpDoesNotCountOverHttps() {
        var login = login("/shop/");
        browser.set(cookies.start(login, HTTP, List.of()));
        assertEquals(Optional.empty(), cookies.find(login.state(), HTTPS, browser.entries()));
    }

    @Test
    void nameAndValueTellNothing() {
        var login = login("/shop/secret-page");
        var header = cookies.start(login, HTTPS, List.of()).get(0).header();
        for (var secret : List.of(login.state(), login.nonce(), login.codeVerifier())) {
            assertFalse(header.contains(secret.reveal()));
        }
        assertFalse(header.contains("secret-page"));
    }

    @Test
    void applicationsOnOneHostLeaveEachOtherAlone() {
        var others = StateCookie.forLogins(KEYS, "other", LIFETIME, clock);
        var login = start("/shop/");
        var otherName = others.removal(login.state(), HTTPS).name();
        assertNotEquals(cookies.removal(login.state(), HTTPS).name(), otherName);
        var renamed = List.of(Map.entry(otherName, browser.entries().get(0).getValue()));
        assertEquals(Optional.empty(), others.find(login.state(), HTTPS, renamed));
        for (var i = 0; i < 6; i++) {
            browser.set(others.start(login("/other/"), HTTPS, browser.entries()));
        }
        assertEquals(Optional.of(login), find(login.state()));
    }

    @Test
    void loginsAndLogoutsLeaveEachOtherAlone() {
        var logouts = StateCookie.forLogouts(KEYS, "shop", clock);
        var login = start("/shop/");
        var logout = LogoutState.start("/shop/goodbye", clock.instant());
        browser.set(logouts.start(logout, HTTPS, browser.entries()));
        for (var i = 0; i < 6; i++) {
            browser.set(logouts.start(LogoutState.start("/", clock.instant()), HTTPS, browser.entries()));
        }
        assertEquals(Optional.of(login), find(login.state()));
        var other = List.of(Map.entry(
                logouts.removal(login.state(), HTTPS).name(),
                browser.entries().get(0).getValue()));
        assertEquals(Optional.empty(), logouts.find(login.state(), HTTPS, other));
    }

    @Test
    void findsTheLogoutThatTheBrowserStarted() {
        var logouts = StateCookie.forLogouts(KEYS, "shop", clock);
        var logout = LogoutState.start("/shop/goodbye", clock.instant());
        browser.set(logouts.start(logout, HTTPS, List.of()));
        assertEquals(Optional.of(logout), logouts.find(logout.state(), HTTPS, browser.entries()));
        clock.move(Duration.ofMinutes(10).plusMillis(1));
        assertTrue(logouts.expired(logout));
    }

    @Test
    void aLoginThatTookTooLongIsFoundButExpired() {
        var login = start("/shop/");
        clock.move(LIFETIME);
        assertFalse(cookies.expired(login));
        clock.move(Duration.ofMillis(1));
        assertTrue(cookies.expired(find(login.state()).orElseThrow()));
    }

    @Test
    void theBrowserKeepsTheCookieLongEnoughToSaySo() {
        var cookie = cookies.start(login("/shop/"), HTTPS, List.of()).get(0);
        assertTrue(cookie.maxAge().compareTo(LIFETIME) > 0);
        assertTrue(cookie.maxAge().compareTo(Duration.ofHours(2)) < 0);
    }

    @Test
    void removesTheCookieOfAState() {
        var login = start("/shop/");
        browser.set(List.of(cookies.removal(login.state(), HTTPS)));
        assertEquals(Map.of(), browser.cookies);
    }

    @Test
    @Tag("DS-02")
    void atMostFourLoginsRemainTheOldestGoFirst() {
        var logins = new ArrayList<LoginState>();
        for (var i = 0; i < 200; i++) {
            logins.add(start("/shop/" + i));
            assertTrue(browser.cookies.size() <= 4);
        }
        assertEquals(Optional.empty(), find(logins.get(195).state()));
        for (var login : logins.subList(196, 200)) {
            assertEquals(Optional.of(login), find(login.state()));
        }
    }

    @Test
    void allLoginsTogetherStaySmall() {
        for (var i = 0; i < 20; i++) {
            start("/shop/search?q=" + "x".repeat(100 * i));
            assertTrue(browser.size() <= 4096, () -> "now " + browser.size());
        }
    }

    @Test
    void unreadableOnesGoFirst() {
        var oldest = start("/shop/a");
        start("/shop/b");
        start("/shop/c");
        var unreadable = cookies.removal(Secret.of("x"), HTTPS).name();
        browser.cookies.put(unreadable, "garbage");
        var newest = start("/shop/d");
        assertFalse(browser.cookies.containsKey(unreadable));
        assertEquals(Optional.of(oldest), find(oldest.state()));
        assertEquals(Optional.of(newest), find(newest.state()));
    }

    @Test
    void expiredOnesGoBeforeOthers() {
        var expired = start("/shop/a");
        clock.move(LIFETIME.plusSeconds(1));
        var logins = List.of(start("/shop/b"), start("/shop/c"), start("/shop/d"));
        assertTrue(find(expired.state()).isPresent());
        var last = start("/shop/e");
        assertEquals(Optional.empty(), find(expired.state()));
        assertTrue(logins.stream().allMatch(login -> find(login.state()).isPresent()));
        assertTrue(find(last.state()).isPresent());
    }

    @Test
    void cookiesOfOthersAreNotTouched() {
        var ours = cookies.removal(Secret.of("x"), HTTPS).name();
        var foreign = List.of(
                "JSESSIONID",
                ours + "x",
                ours.substring(0, ours.length() - 1),
                ours.replace("__Host-", ""),
                "",
                "__Host-");
        foreign.forEach(name -> browser.cookies.put(name, "x".repeat(900)));
        for (var i = 0; i < 6; i++) {
            start("/shop/");
        }
        assertTrue(browser.cookies.keySet().containsAll(foreign));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=;;=", "\u00e9", "\"quoted\"", "a.b.c.d.e"})
    void strangeValuesAreNoLogin(String value) {
        var login = start("/shop/");
        var name = browser.entries().get(0).getKey();
        assertEquals(Optional.empty(), cookies.find(login.state(), HTTPS, List.of(Map.entry(name, value))));
    }

    @Test
    void theCookieOfAnotherVersionIsNoLogin() {
        var login = login("/shop/");
        var name = cookies.removal(login.state(), HTTPS).name();
        for (var json : List.of("{}", "no json", "{\"s\":\"" + login.state().reveal() + "\"}")) {
            var value = new CookieSealer(KEYS, "login shop").seal(json);
            assertEquals(Optional.empty(), cookies.find(login.state(), HTTPS, List.of(Map.entry(name, value))));
        }
    }

    @Test
    void aReturnAddressThatDoesNotFitLosesItsQuery() {
        var login = login("/shop/search?q=" + "x".repeat(1300));
        browser.set(cookies.start(login, HTTPS, List.of()));
        assertEquals("/shop/search", find(login.state()).orElseThrow().returnTo());
        var fitting = login("/shop/search?q=" + "x".repeat(900));
        browser.set(cookies.start(fitting, HTTPS, List.of()));
        assertEquals(fitting.returnTo(), find(fitting.state()).orElseThrow().returnTo());
    }

    @Test
    void aReturnAddressWhosePathDoesNotFitGivesWayToTheStartPage() {
        var login = login("/shop/" + "x".repeat(2200) + "?q=1");
        browser.set(cookies.start(login, HTTPS, List.of()));
        assertEquals("/shop/", find(login.state()).orElseThrow().returnTo());
        browser.set(cookies.start(login, new Scope(true, "/"), List.of()));
        assertEquals("/", find(login.state()).orElseThrow().returnTo());
    }

    private LoginState login(String returnTo) {
        return LoginState.start(returnTo, REDIRECT_URI, LoginState.Asked.NOTHING, clock.instant());
    }

    private LoginState start(String returnTo) {
        clock.move(Duration.ofMillis(1));
        var login = login(returnTo);
        browser.set(cookies.start(login, HTTPS, browser.entries()));
        return login;
    }

    private Optional<LoginState> find(Secret state) {
        return cookies.find(state, HTTPS, browser.entries());
    }

    /** Keeps cookies as a browser does. */
    private static final class Browser {
        private final Map<String, String> cookies = new LinkedHashMap<>();

        void set(List<SetCookie> changes) {
            for (var change : changes) {
                if (change.maxAge().isZero()) {
                    cookies.remove(change.name());
                } else {
                    cookies.put(change.name(), change.value());
                }
            }
        }

        List<Entry<String, String>> entries() {
            return List.copyOf(cookies.entrySet());
        }

        int size() {
            return cookies.entrySet().stream()
                    .mapToInt(cookie ->
                            cookie.getKey().length() + cookie.getValue().length())
                    .sum();
        }
    }
}
