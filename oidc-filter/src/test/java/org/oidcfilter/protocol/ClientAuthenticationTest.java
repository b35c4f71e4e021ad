// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.protocol.ClientAuthentication.CLIENT_SECRET_BASIC;
import static org.oidcfilter.protocol.ClientAuthentication.CLIENT_SECRET_POST;
import static org.oidcfilter.protocol.ClientAuthentication.NONE;
import static org.oidcfilter.protocol.Refusal.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.ClientAuthentication.Client;

class ClientAuthenticationTest {
    private static final Client CLIENT = new Client("c:1", Optional.of(Secret.of("a:%+ü b")));
    private static final boolean WITH_SECRET = true;
    private static final boolean WITHOUT_SECRET = false;

    private static ClientAuthentication choose(String configured, boolean hasSecret, String... offered) {
        var document = new HashMap<>(ProviderMetadataTest.DOCUMENT);
        document.put("token_endpoint_auth_methods_supported", List.of(offered));
        var metadata = ProviderMetadata.parse(Json.write(document));
        return ClientAuthentication.choose(
                Optional.of(configured).filter(text -> !text.isEmpty()), metadata, hasSecret);
    }

    @Test
    void prefersBasicWhereTheProviderOffersIt() {
        assertEquals(
                CLIENT_SECRET_BASIC,
                choose("", WITH_SECRET, "private_key_jwt", "client_secret_post", "client_secret_basic"));
        assertEquals(CLIENT_SECRET_POST, choose("", WITH_SECRET, "none", "client_secret_post"));
    }

    @Test
    void usesTheDefaultOfDiscoveryWhereTheProviderListsNothing() {
        assertEquals(CLIENT_SECRET_BASIC, choose("", WITH_SECRET));
        assertEquals(NONE, choose("", WITHOUT_SECRET));
    }

    @Test
    void doesWhatTheOperatorSaysEvenWhereTheProviderDoesNotListIt() {
        assertEquals(CLIENT_SECRET_POST, choose("client_secret_post", WITH_SECRET, "client_secret_basic"));
        assertEquals(NONE, choose("none", WITHOUT_SECRET, "client_secret_basic"));
    }

    @Test
    void aClientWithoutASecretIsPublicAlsoWhereTheProviderDoesNotListNone() {
        assertEquals(NONE, choose("", WITHOUT_SECRET, "client_secret_basic", "private_key_jwt"));
    }

    @Test
    void neverDowngradesAClientWithASecret() {
        assertRefused(Reason.METADATA_CLIENT_AUTHENTICATION, () -> choose("", WITH_SECRET, "none"));
        assertRefused(Reason.METADATA_CLIENT_AUTHENTICATION, () -> choose("none", WITH_SECRET, "none"));
    }

    @Test
    void saysWhatTheProviderOffersIfNothingFits() {
        var refusal = assertRefused(
                Reason.METADATA_CLIENT_AUTHENTICATION,
                () -> choose("", WITH_SECRET, "private_key_jwt", "tls_client_auth"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("private_key_jwt, tls_client_auth"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("with a secret"));
        var noSecret = assertRefused(
                Reason.METADATA_CLIENT_AUTHENTICATION, () -> choose("client_secret_basic", WITHOUT_SECRET));
        assertTrue(String.valueOf(noSecret.getMessage()).contains("without a secret"));
        assertRefused(Reason.METADATA_CLIENT_AUTHENTICATION, () -> choose("private_key_jwt", WITH_SECRET));
    }

    @Test
    void encodesBothPartsBeforeBase64() {
        var header = String.valueOf(CLIENT_SECRET_BASIC.headers(CLIENT).get("Authorization"));
        assertTrue(header.startsWith("Basic "));
        var decoded = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.US_ASCII);
        assertEquals("c%3A1:a%3A%25%2B%C3%BC+b", decoded);
    }

    @Test
    void showsTheSecretInOnePlaceOnly() {
        assertEquals(Map.of(), CLIENT_SECRET_BASIC.fields(CLIENT));
        assertEquals(Map.of(), CLIENT_SECRET_POST.headers(CLIENT));
        assertEquals(Map.of("client_id", "c:1", "client_secret", "a:%+ü b"), CLIENT_SECRET_POST.fields(CLIENT));
    }

    @Test
    void namesAPublicClientWithoutAuthenticatingIt() {
        var client = new Client("c1", Optional.empty());
        assertEquals(Map.of(), NONE.headers(client));
        assertEquals(Map.of("client_id", "c1"), NONE.fields(client));
    }

    @Test
    void printsNoSecret() {
        assertFalse(CLIENT.toString().contains("ü"));
    }
}
