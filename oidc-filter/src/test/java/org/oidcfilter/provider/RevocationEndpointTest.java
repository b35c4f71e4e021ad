// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
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
import org.oidcfilter.provider.Provider.Options;

class RevocationEndpointTest {
    private static final String ENDPOINT = "https://op.test/revoke";

    private final ProviderFixture op = new ProviderFixture();

    RevocationEndpointTest() {
        op.sender.json(DISCOVERY, document(Map.of("revocation_endpoint", ENDPOINT)));
    }

    private void revoke() {
        revoke(op.provider());
    }

    private static void revoke(Provider provider) {
        provider.converse().revoke(Secret.of("the-token"), "refresh_token");
    }

    @Test
    void namesTheTokenAndItsKindAndShowsTheSecretOnce() {
        op.sender.answer("/revoke", 200, "text/plain", "");
        revoke();
        var request = op.sender.last();
        assertEquals("POST", request.method());
        assertEquals(URI.create(ENDPOINT), request.uri());
        assertEquals("Basic YzE6czNjcmV0", request.headers().get("Authorization"));
        assertEquals("application/x-www-form-urlencoded", request.headers().get("Content-Type"));
        assertEquals(
                Map.of("token", "the-token", "token_type_hint", "refresh_token"),
                Form.parse(request.body()).fields());
    }

    @Test
    void authenticatesAsAtTheTokenEndpoint() {
        op.sender
                .answer("/revoke", 200, "text/plain", "")
                .json(
                        DISCOVERY,
                        document(Map.of(
                                "revocation_endpoint",
                                ENDPOINT,
                                "token_endpoint_auth_methods_supported",
                                List.of("client_secret_post"))));
        revoke();
        var request = op.sender.last();
        assertFalse(request.headers().containsKey("Authorization"));
        assertEquals(Optional.of("s3cret"), Form.parse(request.body()).get("client_secret"));
        assertEquals(Optional.of("c1"), Form.parse(request.body()).get("client_id"));
    }

    @Test
    void namesAPublicClient() {
        op.sender.answer("/revoke", 200, "text/plain", "");
        revoke(op.provider(new Options(
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

    /** RFC 7009 section 2.2: the status says it all; a token that is unknown is revoked, too. */
    @ParameterizedTest
    @CsvSource({"application/json, '{}'", "text/html, <html>", "application/json, '{\"error\":\"invalid_request\"}'"})
    void doesNotReadASuccessfulAnswer(String contentType, String body) {
        op.sender.answer("/revoke", 200, contentType, body);
        assertDoesNotThrow(() -> revoke());
    }

    @ParameterizedTest
    @CsvSource({"400, unsupported_token_type", "400, invalid_request", "401, invalid_client", "403, access_denied"})
    void passesOnTheErrorCodeOfTheProviderAndNothingElse(int status, String error) {
        var body = "{\"error\":\"" + error + "\",\"error_description\":\"<b>the-token</b>\"}";
        op.sender.answer("/revoke", status, "application/json", body);
        var failure = assertFails(ProviderErrorException.class, Reason.REVOCATION_REFUSED, this::revoke);
        assertEquals(error, failure.error());
        assertFalse(String.valueOf(failure.getMessage()).contains("the-token"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, text/html, <html>",
        "400, application/json, '{}'",
        "404, text/html, <html>",
        "405, text/html, ''",
        "500, application/json, '{\"error\":\"server_error\"}'",
        "503, text/html, ''",
        "302, text/html, ''",
        "204, text/plain, ''"
    })
    void takesEveryOtherStatusForAnOutage(int status, String contentType, String body) {
        op.sender.answer("/revoke", status, contentType, body);
        assertFails(ProviderUnavailableException.class, Reason.PROVIDER_STATUS, this::revoke);
    }

    @Test
    void asksOnceEvenIfThereIsNoAnswer() {
        op.sender.on("/revoke", request -> {
            throw new IOException("connection reset");
        });
        var failure = assertFails(ProviderUnavailableException.class, Reason.PROVIDER_UNREACHABLE, this::revoke);
        assertEquals(1, op.sender.count("/revoke"));
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(ENDPOINT) && !message.contains("the-token"), message);
    }

    @Test
    void saysThatThereIsNoEndpoint() {
        op.sender.json(DISCOVERY, document(Map.of()));
        var failure = assertFails(InvalidResponseException.class, Reason.METADATA_INVALID, this::revoke);
        assertTrue(String.valueOf(failure.getMessage()).contains("revocation_endpoint"));
        assertEquals(1, op.sender.requests().size(), "the discovery document only");
    }
}
