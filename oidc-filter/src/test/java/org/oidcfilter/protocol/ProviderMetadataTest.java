// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.protocol.Refusal.assertRefused;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;

class ProviderMetadataTest {
    static final Map<String, Object> DOCUMENT = Map.of(
            "issuer", "https://op.test",
            "authorization_endpoint", "https://op.test/authorize?tenant=1",
            "token_endpoint", "https://op.test/token",
            "jwks_uri", "https://op.test/jwks",
            "id_token_signing_alg_values_supported", List.of("RS256", "ES256"));

    private static String with(String name, Object value) {
        var document = new HashMap<>(DOCUMENT);
        document.put(name, value);
        return Json.write(document);
    }

    @Test
    void readsADocumentWithTheRequiredMembersOnly() {
        var metadata = ProviderMetadata.parse(Json.write(DOCUMENT));
        assertEquals("https://op.test", metadata.issuer());
        assertEquals(URI.create("https://op.test/authorize?tenant=1"), metadata.authorizationEndpoint());
        assertEquals(URI.create("https://op.test/token"), metadata.tokenEndpoint());
        assertEquals(URI.create("https://op.test/jwks"), metadata.jwksUri());
        assertEquals(Optional.empty(), metadata.userInfoEndpoint());
        assertEquals(Optional.empty(), metadata.endSessionEndpoint());
        assertEquals(Optional.empty(), metadata.revocationEndpoint());
        assertEquals(List.of("RS256", "ES256"), metadata.idTokenSigningAlgorithms());
        assertEquals(List.of(), metadata.tokenEndpointAuthMethods());
        assertFalse(metadata.issuerParameterSupported());
    }

    @Test
    void isAllThatTheDocumentSaysWithTheAddressesThatCount() {
        var said = ProviderMetadata.parse(with("scopes_supported", List.of("openid")));
        assertEquals(List.of("openid"), said.asMap().get("scopes_supported"));
        assertEquals("https://op.test/token", said.asMap().get("token_endpoint"));
        var meant = new ProviderMetadata(
                said.issuer(),
                said.authorizationEndpoint(),
                URI.create("https://other.test/token"),
                said.jwksUri(),
                Optional.of(URI.create("https://other.test/userinfo")),
                Optional.of(URI.create("https://other.test/logout")),
                Optional.of(URI.create("https://other.test/revoke")),
                said.idTokenSigningAlgorithms(),
                said.tokenEndpointAuthMethods(),
                said.issuerParameterSupported(),
                said.document());
        assertEquals("https://other.test/token", meant.asMap().get("token_endpoint"));
        assertEquals("https://other.test/userinfo", meant.asMap().get("userinfo_endpoint"));
        assertEquals("https://other.test/logout", meant.asMap().get("end_session_endpoint"));
        assertEquals("https://other.test/revoke", meant.asMap().get("revocation_endpoint"));
        assertEquals(List.of("openid"), meant.asMap().get("scopes_supported"));
    }

    @Test
    void readsTheOptionalMembers() {
        var document = new HashMap<>(DOCUMENT);
        document.put("userinfo_endpoint", "https://op.test/userinfo");
        document.put("end_session_endpoint", "https://op.test/logout");
        document.put("revocation_endpoint", "https://op.test/revoke");
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
        document.put("authorization_response_iss_parameter_supported", true);
        var metadata = ProviderMetadata.parse(Json.write(document));
        assertEquals(Optional.of(URI.create("https://op.test/userinfo")), metadata.userInfoEndpoint());
        assertEquals(Optional.of(URI.create("https://op.test/logout")), metadata.endSessionEndpoint());
        assertEquals(Optional.of(URI.create("https://op.test/revoke")), metadata.revocationEndpoint());
        assertEquals(List.of("client_secret_post"), metadata.tokenEndpointAuthMethods());
        assertTrue(metadata.issuerParameterSupported());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer",
                "authorization_endpoint",
                "token_endpoint",
                "jwks_uri",
                "id_token_signing_alg_values_supported"
            })
    void namesTheRequiredMemberThatIsMissing(String name) {
        var document = new HashMap<>(DOCUMENT);
        document.remove(name);
        var refusal = assertRefused(Reason.METADATA_INVALID, () -> ProviderMetadata.parse(Json.write(document)));
        assertTrue(String.valueOf(refusal.getMessage()).contains(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://op.test/x",
                "jar:https://op.test/x!/y",
                "/token",
                "token",
                "https:///x",
                "https://user:pw@op.test/",
                "https://op.test/#x",
                "https://op.test/ x",
                "",
                "javascript:alert(1)"
            })
    void refusesEndpointsThatAreNoAddress(String address) {
        assertRefused(Reason.METADATA_INVALID, () -> ProviderMetadata.parse(with("token_endpoint", address)));
        assertRefused(Reason.METADATA_INVALID, () -> ProviderMetadata.parse(with("revocation_endpoint", address)));
    }

    @Test
    void refusesMembersOfTheWrongKind() {
        assertRefused(Reason.METADATA_INVALID, () -> ProviderMetadata.parse(with("issuer", 1)));
        assertRefused(Reason.METADATA_INVALID, () -> ProviderMetadata.parse(with("jwks_uri", List.of())));
        assertRefused(
                Reason.METADATA_INVALID,
                () -> ProviderMetadata.parse(with("id_token_signing_alg_values_supported", "RS256")));
        assertRefused(
                Reason.METADATA_INVALID,
                () -> ProviderMetadata.parse(with("authorization_response_iss_parameter_supported", "true")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"issuer\":\"a\",\"issuer\":\"b\"}"})
    void refusesWhatIsNoJsonObject(String document) {
        assertRefused(Reason.PROVIDER_JSON, () -> ProviderMetadata.parse(document));
    }
}
