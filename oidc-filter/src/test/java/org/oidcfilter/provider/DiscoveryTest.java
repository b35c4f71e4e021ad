// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERED;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERY;
import static org.oidcfilter.provider.ProviderFixture.assertFails;
import static org.oidcfilter.provider.ProviderFixture.document;
import static org.oidcfilter.provider.ProviderFixture.options;
import static org.oidcfilter.provider.ProviderFixture.uri;
import static org.oidcfilter.token.SampleToken.ISSUER;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.HttpSender;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.ProviderEndpoints;
import org.oidcfilter.provider.Provider.Options;

class DiscoveryTest {
    private final ProviderFixture op = new ProviderFixture();

    private void refuse(Reason reason, Provider provider) {
        var failure = assertFails(ProviderUnavailableException.class, reason, () -> provider.converse()
                .metadata());
        assertEquals(Duration.ofSeconds(1), failure.retryAfter());
        assertEquals(Optional.empty(), provider.knownMetadata());
    }

    private void refuseDocument(Reason reason, Map<String, ?> changes) {
        op.sender.json(DISCOVERY, document(changes));
        refuse(reason, op.provider());
    }

    @Test
    void readsTheDocumentWhenItIsFirstNeeded() {
        var provider = op.provider();
        assertEquals(Optional.empty(), provider.knownMetadata());
        assertEquals(List.of(), op.sender.requests());
        assertEquals(
                URI.create("https://op.test/token"),
                provider.converse().metadata().tokenEndpoint());
        assertEquals(Optional.of(provider.converse().metadata()), provider.knownMetadata());
        assertEquals(1, op.sender.requests().size());
        assertEquals("GET", op.sender.last().method());
    }

    @ParameterizedTest
    @CsvSource({
        "https://op.test, https://op.test/.well-known/openid-configuration",
        "https://op.test/, https://op.test/.well-known/openid-configuration",
        "https://op.test/realms/a, https://op.test/realms/a/.well-known/openid-configuration",
        "https://op.test/realms/a/, https://op.test/realms/a/.well-known/openid-configuration"
    })
    void addsTheWellKnownPathToTheIssuer(String issuer, String expected) {
        var address = URI.create(expected);
        op.sender.json(address.getPath(), document(Map.of("issuer", issuer)));
        assertEquals(
                issuer,
                op.provider(options(issuer, DISCOVERED)).converse().metadata().issuer());
        assertEquals(address, op.sender.last().uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.test", "https://op.test/", "HTTPS://op.test", "https://op.test:443"})
    void refusesTheDocumentOfAnotherIssuer(String issuer) {
        refuseDocument(Reason.METADATA_ISSUER, Map.of("issuer", issuer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization_endpoint",
                "token_endpoint",
                "jwks_uri",
                "userinfo_endpoint",
                "end_session_endpoint",
                "revocation_endpoint"
            })
    @Tag("DI-02")
    void refusesEndpointsWithoutHttps(String endpoint) {
        refuseDocument(Reason.METADATA_INSECURE_ENDPOINT, Map.of(endpoint, "http://op.test/x"));
        refuseDocument(Reason.METADATA_INSECURE_ENDPOINT, Map.of(endpoint, "http://127.0.0.1/x"));
        refuseDocument(Reason.METADATA_INVALID, Map.of(endpoint, "file:///etc/passwd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/op", "http://127.0.0.1:8080", "http://[::1]:8080", "http://LOCALHOST"})
    void allowsPlainHttpForAnIssuerOnThisMachine(String issuer) {
        var path = URI.create(issuer).getPath() + DISCOVERY;
        op.sender.json(path, document(Map.of("issuer", issuer, "token_endpoint", "http://localhost:8080/token")));
        assertEquals(
                issuer,
                op.provider(options(issuer, DISCOVERED)).converse().metadata().issuer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://op.test",
                "http://localhost.op.test",
                "http://127.0.0.1.op.test",
                "http://10.0.0.1",
                "http://localhost@op.test",
                "ftp://localhost",
                "op.test"
            })
    void refusesAnIssuerWithoutHttpsOnAnotherMachine(String issuer) {
        refuse(Reason.METADATA_INSECURE_ENDPOINT, op.provider(options(issuer, DISCOVERED)));
        assertEquals(List.of(), op.sender.requests());
    }

    @ParameterizedTest
    @CsvSource({
        "404, application/json, PROVIDER_STATUS",
        "301, application/json, PROVIDER_STATUS",
        "204, application/json, PROVIDER_STATUS",
        "500, application/json, PROVIDER_STATUS",
        "200, text/html, PROVIDER_MEDIA_TYPE",
        "200, application/jsonx, PROVIDER_MEDIA_TYPE",
        "200, '', PROVIDER_MEDIA_TYPE"
    })
    void refusesAnswersThatAreNoDocument(int status, String contentType, Reason reason) {
        op.sender.answer(DISCOVERY, status, contentType, document(Map.of()));
        refuse(reason, op.provider());
    }

    @Test
    void takesTheMediaTypeWithParametersInAnyCase() {
        op.sender.answer(DISCOVERY, 200, "Application/JSON; charset=UTF-8", document(Map.of()));
        assertEquals(ISSUER, op.conversation().metadata().issuer());
    }

    @Test
    void refusesBrokenJson() {
        op.sender.json(DISCOVERY, "{\"issuer\":\"a\",\"issuer\":\"b\"}");
        refuse(Reason.PROVIDER_JSON, op.provider());
    }

    @Test
    void saysThatTheProviderCannotBeReached() {
        op.sender.on(DISCOVERY, request -> {
            throw new IOException("connection refused");
        });
        refuse(Reason.PROVIDER_UNREACHABLE, op.provider());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 3600",
        "max-age=600, 600",
        "'public, max-age=600', 600",
        "'public,Max-Age=\"600\"', 600",
        "max-age=0, 60",
        "max-age=999999999999, 86400",
        "s-maxage=5, 3600",
        "max-age=x, 3600",
        "max-age=99999999999999999999999, 3600",
        "no-store, 3600"
    })
    void keepsTheDocumentForAsLongAsItSaysWithinReason(String cacheControl, int seconds) {
        op.sender.on(
                DISCOVERY,
                request -> new HttpSender.Response(
                        200,
                        Map.of("content-type", "application/json", "cache-control", cacheControl),
                        document(Map.of())));
        var provider = op.provider();
        provider.converse().metadata();
        op.clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
        provider.converse().metadata();
        assertEquals(1, op.sender.count(DISCOVERY));
        op.clock.advance(Duration.ofMillis(1));
        provider.converse().metadata();
        assertEquals(2, op.sender.count(DISCOVERY));
    }

    @Test
    @Tag("DI-08")
    void neverReplacesAGoodDocumentByABadOne() {
        var provider = op.provider();
        var good = provider.converse().metadata();
        for (var bad : List.of(
                document(Map.of("issuer", "https://evil.test")), document(Map.of("jwks_uri", "http://x.test/")), "")) {
            op.sender.json(DISCOVERY, bad);
            op.clock.advance(Duration.ofHours(1));
            assertEquals(good, provider.converse().metadata());
        }
        assertEquals(4, op.sender.count(DISCOVERY));
    }

    @Test
    void agreesOnAlgorithmsThatBothSidesAcceptInOurOrder() {
        var allowed = new LinkedHashSet<>(List.of("ES256", "none", "PS256", "RS256"));
        var provider = op.provider(new Options(
                ISSUER,
                "c1",
                Optional.of(Secret.of("s")),
                Optional.empty(),
                DISCOVERED,
                allowed,
                ProviderFixture.PLAIN_USERINFO,
                Duration.ZERO,
                ProviderFixture.TIMEOUT));
        assertEquals(List.of("ES256", "RS256"), List.copyOf(provider.converse().idTokenAlgorithms()));
    }

    @Test
    void refusesAProviderWithoutACommonAlgorithm() {
        op.sender.json(
                DISCOVERY,
                document(Map.of("id_token_signing_alg_values_supported", List.of("none", "HS256", "ES512"))));
        var failure = assertFails(
                ProviderUnavailableException.class, Reason.METADATA_ALGORITHMS, op.conversation()::idTokenAlgorithms);
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("RS256") && message.contains("ES512"), message);
    }

    @Test
    void refusesAProviderThatTakesNoSecret() {
        refuseDocument(
                Reason.METADATA_CLIENT_AUTHENTICATION,
                Map.of("token_endpoint_auth_methods_supported", List.of("none", "private_key_jwt")));
    }

    @Test
    void prefersConfiguredEndpoints() {
        var endpoints = new ProviderEndpoints(
                true,
                Optional.empty(),
                uri("https://inside.test/token"),
                Optional.empty(),
                Optional.empty(),
                uri("https://op.test/logout"),
                uri("https://op.test/revoke"));
        var metadata = op.provider(options(ISSUER, endpoints)).converse().metadata();
        assertEquals(URI.create("https://inside.test/token"), metadata.tokenEndpoint());
        assertEquals(uri("https://op.test/logout"), metadata.endSessionEndpoint());
        assertEquals(uri("https://op.test/revoke"), metadata.revocationEndpoint());
        assertEquals(URI.create("https://op.test/jwks"), metadata.jwksUri());
        assertEquals(uri("https://op.test/userinfo"), metadata.userInfoEndpoint());
    }

    @Test
    void doesWithoutADocumentWhereTheEndpointsAreConfigured() {
        var provider = op.provider(options(ISSUER, undiscovered("https://op.test/token")));
        var metadata = provider.knownMetadata().orElseThrow();
        assertEquals(metadata, provider.converse().metadata());
        assertEquals(ISSUER, metadata.issuer());
        assertEquals(URI.create("https://op.test/token"), metadata.tokenEndpoint());
        assertFalse(metadata.issuerParameterSupported());
        assertEquals(Set.of("RS256"), provider.converse().idTokenAlgorithms());
        assertEquals(List.of(), op.sender.requests());
    }

    @Test
    void refusesConfiguredEndpointsWithoutHttps() {
        var failure = assertThrows(
                InvalidResponseException.class,
                () -> op.provider(options(ISSUER, undiscovered("http://op.test/token"))));
        assertEquals(Reason.METADATA_INSECURE_ENDPOINT, failure.reason());
    }

    private static ProviderEndpoints undiscovered(String token) {
        return new ProviderEndpoints(
                false,
                uri("https://op.test/authorize"),
                uri(token),
                uri("https://op.test/jwks"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
