// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERED;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERY;
import static org.oidcfilter.provider.ProviderFixture.assertFails;
import static org.oidcfilter.provider.ProviderFixture.document;
import static org.oidcfilter.token.SampleToken.ISSUER;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.oidcfilter.provider.Provider.Options;

class TokenEndpointTest {
    private static final String TOKENS = "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\"a.b.c\"}";

    private final ProviderFixture op = new ProviderFixture();

    private TokenResponse redeem() {
        return redeem(op.provider());
    }

    private static TokenResponse redeem(Provider provider) {
        return provider.converse()
                .redeem(Secret.of("the-code"), Secret.of("the-verifier"), URI.create("https://rp.test/cb"));
    }

    @Test
    void redeemsACodeAndShowsTheSecretOnce() {
        op.sender.json("/token", TOKENS);
        assertEquals(Optional.of(Secret.of("a.b.c")), redeem().idToken());
        var request = op.sender.last();
        assertEquals("POST", request.method());
        assertEquals(URI.create("https://op.test/token"), request.uri());
        assertEquals("Basic YzE6czNjcmV0", request.headers().get("Authorization"));
        assertEquals("application/x-www-form-urlencoded", request.headers().get("Content-Type"));
        assertEquals(
                Map.of(
                        "grant_type", "authorization_code",
                        "code", "the-code",
                        "code_verifier", "the-verifier",
                        "redirect_uri", "https://rp.test/cb"),
                Form.parse(request.body()).fields());
    }

    @Test
    void sendsTheSecretInTheBodyWhereTheProviderWantsItThere() {
        op.sender
                .json("/token", TOKENS)
                .json(
                        DISCOVERY,
                        document(Map.of("token_endpoint_auth_methods_supported", List.of("client_secret_post"))));
        redeem();
        var request = op.sender.last();
        assertFalse(request.headers().containsKey("Authorization"));
        assertEquals(Optional.of("s3cret"), Form.parse(request.body()).get("client_secret"));
        assertEquals(Optional.of("c1"), Form.parse(request.body()).get("client_id"));
    }

    @Test
    void namesAPublicClient() {
        op.sender.json("/token", TOKENS);
        redeem(op.provider(new Options(
                ISSUER,
                "c1",
                Optional.empty(),
                Optional.of("none"),
                DISCOVERED,
                Set.of("RS256"),
                ProviderFixture.PLAIN_USERINFO,
                Duration.ZERO,
                ProviderFixture.TIMEOUT)));
        var request = op.sender.last();
        assertFalse(request.headers().containsKey("Authorization"));
        assertEquals(Optional.of("c1"), Form.parse(request.body()).get("client_id"));
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_grant", "401, invalid_client", "403, access_denied"})
    void passesOnTheErrorCodeOfTheProviderAndNothingElse(int status, String error) {
        var body = "{\"error\":\"" + error + "\",\"error_description\":\"<b>the-code</b>\"}";
        op.sender.answer("/token", status, "application/json", body);
        var failure = assertFails(ProviderErrorException.class, Reason.TOKEN_ERROR, this::redeem);
        assertEquals(error, failure.error());
        assertFalse(String.valueOf(failure.getMessage()).contains("<b>"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, text/html, <html>",
        "400, application/json, '{\"error\":\"\\u0000\"}'",
        "400, application/json, '{}'",
        "500, application/json, '{\"error\":\"server_error\"}'",
        "503, text/html, ''",
        "307, text/html, ''",
        "204, application/json, ''"
    })
    void takesEveryOtherStatusForAnOutage(int status, String contentType, String body) {
        op.sender.answer("/token", status, contentType, body);
        assertFails(ProviderUnavailableException.class, Reason.PROVIDER_STATUS, this::redeem);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html>, PROVIDER_MEDIA_TYPE",
        "application/json, '', PROVIDER_JSON",
        "application/json, '{\"id_token\":\"good\",\"id_token\":\"evil\"}', PROVIDER_JSON",
        "application/json, '{}', TOKEN_RESPONSE_INVALID",
        "application/json, '{\"access_token\":\"at\",\"token_type\":\"mac\",\"id_token\":\"x\"}', TOKEN_TYPE",
        "application/json, '{\"access_token\":\"at\",\"token_type\":\"Bearer\"}', ID_TOKEN_MISSING"
    })
    void refusesAnAnswerThatIsNoTokenResponse(String contentType, String body, Reason reason) {
        op.sender.answer("/token", 200, contentType, body);
        assertFails(InvalidResponseException.class, reason, this::redeem);
    }

    @Test
    void neverSendsACodeTwice() {
        op.sender.on("/token", request -> {
            throw new IOException("connection reset");
        });
        var provider = op.provider();
        var failure =
                assertFails(ProviderUnavailableException.class, Reason.PROVIDER_UNREACHABLE, () -> redeem(provider));
        assertEquals(1, op.sender.count("/token"));
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("https://op.test/token") && !message.contains("the-code"), message);
    }
}
