// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERY;
import static org.oidcfilter.provider.ProviderFixture.assertFails;
import static org.oidcfilter.provider.ProviderFixture.document;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.TokenResponse;

/** New tokens for a refresh token (OpenID Connect Core 12). */
class RefreshTest {
    private final ProviderFixture op = new ProviderFixture();

    private TokenResponse refresh() {
        return op.conversation().refresh(Secret.of("the-refresh-token"));
    }

    @Test
    void redeemsARefreshTokenAndShowsTheSecretOnce() {
        op.sender.json(
                "/token",
                "{\"access_token\":\"at2\",\"token_type\":\"Bearer\",\"refresh_token\":\"rt2\",\"id_token\":\"a.b.c\"}");
        var tokens = refresh();
        assertEquals(Secret.of("at2"), tokens.accessToken());
        assertEquals(Optional.of(Secret.of("rt2")), tokens.refreshToken());
        assertEquals(Optional.of(Secret.of("a.b.c")), tokens.idToken());
        var request = op.sender.last();
        assertEquals("POST", request.method());
        assertEquals(URI.create("https://op.test/token"), request.uri());
        assertEquals("Basic YzE6czNjcmV0", request.headers().get("Authorization"));
        assertEquals("application/x-www-form-urlencoded", request.headers().get("Content-Type"));
        assertEquals(
                Map.of("grant_type", "refresh_token", "refresh_token", "the-refresh-token"),
                Form.parse(request.body()).fields());
    }

    @Test
    void sendsTheSecretInTheBodyWhereTheProviderWantsItThere() {
        op.sender
                .json("/token", "{\"access_token\":\"at\",\"token_type\":\"Bearer\"}")
                .json(
                        DISCOVERY,
                        document(Map.of("token_endpoint_auth_methods_supported", List.of("client_secret_post"))));
        refresh();
        assertFalse(op.sender.last().headers().containsKey("Authorization"));
        assertEquals(Optional.of("s3cret"), Form.parse(op.sender.last().body()).get("client_secret"));
    }

    @ParameterizedTest
    @CsvSource({"''", "',\"id_token\":\"\"'", "',\"refresh_token\":\"\",\"id_token\":\"\"'"})
    void anAnswerWithoutIdTokenAndRefreshTokenIsNormal(String more) {
        op.sender.json("/token", "{\"access_token\":\"at\",\"token_type\":\"Bearer\"" + more + "}");
        var tokens = refresh();
        assertEquals(Optional.empty(), tokens.idToken());
        assertEquals(Optional.empty(), tokens.refreshToken());
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_grant", "401, invalid_client", "400, invalid_scope", "403, access_denied"})
    void passesOnTheErrorCodeOfTheProviderAndNothingElse(int status, String error) {
        var body = "{\"error\":\"" + error + "\",\"error_description\":\"<b>the-refresh-token</b>\"}";
        op.sender.answer("/token", status, "application/json", body);
        var failure = assertFails(ProviderErrorException.class, Reason.REFRESH_REFUSED, this::refresh);
        assertEquals(error, failure.error());
        assertFalse(String.valueOf(failure.getMessage()).contains("the-refresh-token"));
    }

    /** None of them may be taken for the end of the session. */
    @ParameterizedTest
    @CsvSource({
        "400, text/html, '{\"error\":\"invalid_grant\"}'",
        "400, application/json, '{\"error\":\"\"}'",
        "404, application/json, '{\"error\":\"invalid_grant\"}'",
        "429, application/json, '{\"error\":\"invalid_grant\"}'",
        "500, application/json, '{\"error\":\"invalid_grant\"}'",
        "503, text/html, ''",
        "307, text/html, ''",
        "204, application/json, ''"
    })
    void takesEveryOtherStatusForAnOutage(int status, String contentType, String body) {
        op.sender.answer("/token", status, contentType, body);
        assertFails(ProviderUnavailableException.class, Reason.PROVIDER_STATUS, this::refresh);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html>, PROVIDER_MEDIA_TYPE",
        "application/json, '', PROVIDER_JSON",
        "application/json, '{\"access_token\":\"a\",\"access_token\":\"b\"}', PROVIDER_JSON",
        "application/json, '{}', TOKEN_RESPONSE_INVALID",
        "application/json, '{\"access_token\":\"\",\"token_type\":\"Bearer\"}', TOKEN_RESPONSE_INVALID",
        "application/json, '{\"access_token\":\"at\",\"token_type\":\"DPoP\"}', TOKEN_TYPE"
    })
    void refusesAnAnswerThatIsNoTokenResponse(String contentType, String body, Reason reason) {
        op.sender.answer("/token", 200, contentType, body);
        assertFails(InvalidResponseException.class, reason, this::refresh);
    }

    /** A provider that rotates refresh tokens would take the second use for theft. */
    @Test
    void neverSendsARefreshTokenTwice() {
        op.sender.on("/token", request -> {
            throw new IOException("connection reset");
        });
        var failure = assertFails(ProviderUnavailableException.class, Reason.PROVIDER_UNREACHABLE, this::refresh);
        assertEquals(1, op.sender.count("/token"));
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("https://op.test/token") && !message.contains("the-refresh-token"), message);
    }
}
