// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

class LoginStateTest {
    private static final URI REDIRECT_URI = URI.create("https://shop.example/oidc/callback");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");

    private final LoginState login = LoginState.start(
            "/cart?id=1&x=caf%C3%A9",
            REDIRECT_URI,
            new LoginState.Asked(Optional.of(Duration.ofMinutes(5)), List.of("mfa", "phr"), true, true),
            NOW);

    @Test
    @Tag("AQ-02")
    void allValuesOfAThousandLoginsDifferAndHave256Bits() {
        var values = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            var some = LoginState.start("/", REDIRECT_URI, LoginState.Asked.NOTHING, NOW);
            Stream.of(some.state(), some.nonce(), some.codeVerifier())
                    .map(Secret::reveal)
                    .forEach(values::add);
        }
        assertEquals(3000, values.size());
        assertTrue(values.stream().allMatch(value -> value.matches("[A-Za-z0-9_-]{43}")));
    }

    @Test
    void survivesTheWayThroughJson() {
        assertEquals(login, LoginState.fromJson(Json.parse(Json.write(login.toJson()))));
        var plain = LoginState.start("/", REDIRECT_URI, LoginState.Asked.NOTHING, NOW);
        assertEquals(plain, LoginState.fromJson(Json.parse(Json.write(plain.toJson()))));
        var logout = LogoutState.start("/goodbye", NOW);
        assertEquals(logout, LogoutState.fromJson(Json.parse(Json.write(logout.toJson()))));
    }

    @Test
    void startsAtAMillisecond() {
        assertEquals(Instant.parse("2026-11-21T10:00:00.123Z"), login.startedAt());
        assertEquals(
                Instant.parse("2026-11-21T10:00:00.123Z"),
                LogoutState.start("/", NOW).startedAt());
    }

    @Test
    void everyMemberHasToBeThereAndOfItsKind() {
        for (var name : List.of("s", "n", "v", "r", "u", "t", "m", "a")) {
            Map<String, Object> wrong = new HashMap<>(login.toJson());
            wrong.put(name, Map.of());
            assertThrows(IllegalArgumentException.class, () -> LoginState.fromJson(wrong), name);
        }
        for (var name : List.of("s", "n", "v", "r", "u", "t")) {
            var missing = new HashMap<>(login.toJson());
            missing.remove(name);
            assertThrows(IllegalArgumentException.class, () -> LoginState.fromJson(missing), name);
        }
        var wrongAcr = new HashMap<>(login.toJson());
        wrongAcr.put("a", List.of(1));
        assertThrows(IllegalArgumentException.class, () -> LoginState.fromJson(wrongAcr));
        assertThrows(IllegalArgumentException.class, () -> LogoutState.fromJson(Map.of("s", "x", "r", "/")));
    }

    @Test
    void printsNothingOfItself() {
        assertEquals("LoginState", login.toString());
        assertEquals("LogoutState", LogoutState.start("/", NOW).toString());
    }
}
