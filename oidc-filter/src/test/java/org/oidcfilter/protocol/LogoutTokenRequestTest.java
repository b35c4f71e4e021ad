// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.oidcfilter.protocol.Refusal.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

class LogoutTokenRequestTest {
    private static Secret token(String body) {
        return LogoutTokenRequest.parse(body).logoutToken();
    }

    @Test
    void readsTheTokenAndIgnoresWhatElseIsThere() {
        assertEquals(Secret.of("a.b.c"), token("logout_token=a.b.c"));
        assertEquals(Secret.of("a.b.c"), token("state=x&logout_token=a%2Eb.c&sid=s1&&empty="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "logout_token", "logout_token=", "Logout_token=a.b.c", "token=a.b.c", "logout_token%20=a"})
    void refusesARequestWithoutAToken(String body) {
        assertRefused(Reason.LOGOUT_TOKEN_MISSING, () -> LogoutTokenRequest.parse(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logout_token=a.b.c&logout_token=a.b.c",
                "logout_token=&logout_token=a.b.c",
                "logout_token=a.b.c&logout%5Ftoken=d.e.f",
                "logout_token=a.b.c&x=1&x=2"
            })
    void refusesAParameterThatIsRepeated(String body) {
        assertRefused(Reason.RESPONSE_DUPLICATE_PARAMETER, () -> LogoutTokenRequest.parse(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"logout_token=a.b.c&x=%", "logout_token=%FF", "logout_token=a b", "{\"logout_token\":\"\u00e9\"}"
            })
    void refusesWrongEncoding(String body) {
        assertRefused(Reason.RESPONSE_MALFORMED, () -> LogoutTokenRequest.parse(body));
    }

    @Test
    void printsNoToken() {
        assertFalse(LogoutTokenRequest.parse("logout_token=a.b.c").toString().contains("a.b.c"));
    }
}
