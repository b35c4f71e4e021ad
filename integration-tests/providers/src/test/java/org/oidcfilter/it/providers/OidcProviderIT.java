// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Form;

/** The independent provider is what the scenario tests need: its pages can be used, and it logs out on both channels. */
@ExtendWith(OidcProviderExtension.class)
class OidcProviderIT {
    private static final URI REDIRECT_URI = URI.create("http://127.0.0.1:9/shop/callback");
    private static final String SECRET = "shop-secret-for-the-integration-tests-only";

    private final OidcProvider provider;
    private final Browser browser = new Browser().stoppingAt(REDIRECT_URI);
    private final OidcProviderPages pages = new OidcProviderPages(browser);

    OidcProviderIT(OidcProvider provider) {
        this.provider = provider;
    }

    @AfterEach
    void stop() {
        provider.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void signsTheIdTokenAsTheClientWants(String algorithm) throws Exception {
        provider.start(List.of(shop(Map.of("id_token_signed_response_alg", algorithm))));

        CodeFlow flow = flow();
        Map<String, Object> tokens = logIn(flow, "alice");

        assertEquals("alice", flow.idToken(tokens).getSubject());
        assertEquals(algorithm, header(tokens).getAlgorithmHeaderValue());
    }

    @Test
    void putsTheRolesAndGroupsOfAliceIntoTheIdToken() throws Exception {
        provider.start(List.of(shop(Map.of())));
        CodeFlow flow = flow();

        JwtClaims claims = flow.idToken(logIn(flow, "alice"));

        assertEquals("alice", claims.getSubject());
        assertEquals("alice@example.com", claims.getClaimValueAsString("email"));
        assertEquals(List.of("admin", "user"), claims.getStringListClaimValue("roles"));
        assertEquals(List.of("staff"), claims.getStringListClaimValue("groups"));
    }

    @Test
    void showsTheLoginFormAgainAfterAWrongPassword() throws Exception {
        provider.start(List.of(shop(Map.of())));
        browser.open(flow().authenticationRequest());

        pages.submit("alice", "not-her-password");

        assertTrue(pages.asksForLogin());
        assertEquals("Unknown user name or wrong password.", pages.complaint());
        pages.logIn("alice");
        assertTrue(browser.page().hop().redirect().isPresent());
    }

    @Test
    void refusesARequestWithoutPkce() throws Exception {
        provider.start(List.of(shop(Map.of())));
        String request = flow().authenticationRequest().toString();

        browser.open(URI.create(request.replaceAll("&code_challenge[^&]*", "")));

        assertEquals("invalid_request", CodeFlow.query(redirect()).get("error"));
    }

    @Test
    void tellsTheClientOnTheBackChannelWhenTheUserLogsOut() throws Exception {
        try (BackchannelListener listener = new BackchannelListener()) {
            provider.start(
                    List.of(shop(Map.of("backchannel_logout_uri", listener.uri().toString()))));
            CodeFlow flow = flow();
            String subject = flow.idToken(logIn(flow, "bob")).getSubject();

            URI end = flow.endpoint("end_session_endpoint");
            browser.open(URI.create(end + "?" + Form.encode(Map.of("client_id", "shop", "state", "xyz"))));
            assertTrue(pages.asksToConfirmLogout());
            pages.confirmLogout();

            assertEquals("Logged out", browser.page().title());
            assertEquals(subject, listener.awaitLogoutToken().getSubject());
        }
        browser.open(flow().authenticationRequest());
        assertTrue(pages.asksForLogin());
    }

    @Test
    void comesBackOnTheSamePortWithOtherKeys() throws Exception {
        provider.start(List.of(shop(Map.of())));
        String before = keys();

        provider.stop();

        assertThrows(ConnectException.class, this::keys);
        provider.start(List.of(shop(Map.of())));
        assertNotEquals(before, keys());
    }

    private Map<String, Object> logIn(CodeFlow flow, String username) throws Exception {
        browser.open(flow.authenticationRequest());
        pages.logIn(username);
        return flow.tokens(redirect());
    }

    private static JsonWebSignature header(Map<String, Object> tokens) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization((String) tokens.get("id_token"));
        return signature;
    }

    private URI redirect() {
        return browser.page().hop().redirect().orElseThrow();
    }

    private String keys() throws Exception {
        return new Browser().open(provider.issuer().resolve("/jwks")).hop().body();
    }

    private CodeFlow flow() throws Exception {
        return CodeFlow.with(new CodeFlow.Registration(provider.issuer(), "shop", SECRET, REDIRECT_URI));
    }

    private static Map<String, ?> shop(Map<String, ?> more) {
        Map<String, Object> client = new HashMap<>(more);
        client.put("client_id", "shop");
        client.put("client_secret", SECRET);
        client.put("token_endpoint_auth_method", "client_secret_post");
        client.put("redirect_uris", List.of(REDIRECT_URI.toString()));
        return client;
    }
}
