// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

class StateCookieFuzzTest {
    private static final Secret KEY = Secret.of("a key of thirty-two characters or more");
    private static final String PLAIN = "{\"s\":\"state\",\"n\":\"nonce\",\"v\":\"verifier\",\"r\":\"/shop/\","
            + "\"u\":\"https://shop.example/shop/oidc/callback\",\"t\":1700000000000}";

    /** {@link #PLAIN}, sealed once: sealing it again gives another text. */
    private static final String GENUINE =
            "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..X0gIAHXyWQy8FM32.vLSZBzGVQYFEjF7gtFV-ZRq6sRZHYBbUCnFf2E"
                    + "QAHTuMrQcMItLc6cWL6f05vawsCx-LK4Bx00-FyA-nWEnl6_o9QefdIC3LnsHgPgSd3AlpZ2pBJ3NavTc63ZqvKy_z8xAtRR"
                    + "a9qjLyG-leCdMWAiafuEaR.q9F7NylwKA4Utosb0bEqAg";

    private static final CookieSealer SEALER = new CookieSealer(CookieKeys.of(List.of(KEY)), "login shop");
    private static final StateCookie.Scope SCOPE = new StateCookie.Scope(true, "/shop");
    private static final StateCookie<LoginState> COOKIES =
            StateCookie.forLogins(CookieKeys.of(List.of(KEY)), "shop", Duration.ofMinutes(10), Clock.systemUTC());

    @Test
    void theGenuineCookieIsOurs() {
        assertEquals(Optional.of(PLAIN), SEALER.open(GENUINE));
        assertEquals(1, found(GENUINE, "state"));
    }

    @FuzzTest(maxDuration = "10m")
    void noCookieButTheGenuineOneIsOpened(byte[] bytes) {
        var value = new String(bytes, StandardCharsets.ISO_8859_1);
        assertEquals(value.equals(GENUINE) ? Optional.of(PLAIN) : Optional.empty(), SEALER.open(value));
        assertEquals(value.equals(GENUINE) ? 1 : 0, found(value, "state"));
    }

    private static int found(String value, String state) {
        var name = COOKIES.removal(Secret.of(state), SCOPE).name();
        return COOKIES.find(Secret.of(state), SCOPE, List.of(Map.entry(name, value)))
                .map(found -> 1)
                .orElse(0);
    }

    /** What another version of this software, or a thief of the key, may have sealed. */
    @FuzzTest(maxDuration = "10m")
    void whatIsSealedIsALoginOrNothing(byte[] bytes) {
        var plain = new String(bytes, StandardCharsets.UTF_8);
        found(SEALER.seal(plain), "state");
        login(plain).ifPresent(login -> {
            assertEquals(Optional.of(login), login(Json.write(login.toJson())));
            require(login.toString().equals("LoginState"), "a login that tells");
            requireKept(login);
        });
    }

    private static Optional<LoginState> login(String json) {
        try {
            return Optional.of(LoginState.fromJson(Json.parse(json)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void requireKept(LoginState login) {
        var cookie = COOKIES.start(login, SCOPE, List.of()).get(0);
        require(cookie.value().matches("[A-Za-z0-9_.-]+"), "not a cookie value");
        var kept = COOKIES.find(login.state(), SCOPE, List.of(Map.entry(cookie.name(), cookie.value())));
        kept.ifPresent(found -> assertEquals(login, found.returningTo(login.returnTo())));
        assertTrue(kept.isPresent() || cookie.value().length() > 4096, "a login that is lost");
        kept.ifPresent(COOKIES::expired);
    }
}
