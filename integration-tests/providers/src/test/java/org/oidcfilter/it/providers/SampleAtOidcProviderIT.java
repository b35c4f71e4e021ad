// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample application with a second provider that others wrote. */
@ExtendWith(OidcProviderExtension.class)
class SampleAtOidcProviderIT {
    private static final String SECRET = "shop-secret-for-the-integration-tests-only";

    private final OidcProvider provider;
    private final Browser browser = new Browser();
    private final OidcProviderPages pages = new OidcProviderPages(browser);

    SampleAtOidcProviderIT(OidcProvider provider) {
        this.provider = provider;
    }

    @AfterEach
    void stop() {
        provider.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void signsInByEachAlgorithmAndOutAtTheProvider(String algorithm) throws Exception {
        try (var sample = start(Map.of(), Map.of("id_token_signed_response_alg", algorithm))) {
            browser.open(sample.at("/app/me?from=here"));
            var me = pages.logIn("alice");
            assertEquals(sample.at("/app/me?from=here"), me.uri());
            assertTrue(me.text().contains("admin"), me.text());
            assertEquals(200, browser.open(sample.at("/app/admin")).status());

            browser.open(sample.at("/app/me"));
            browser.submit(browser.page().form("form"));
            assertTrue(pages.asksToConfirmLogout());
            assertEquals(sample.at("/"), pages.confirmLogout().uri());
            browser.open(sample.at("/app/me"));
            assertTrue(pages.asksForLogin());
        }
    }

    @Test
    void aWrongPasswordIsTheProvidersBusinessAndWhoLacksTheRoleGets403() throws Exception {
        try (var sample = start(Map.of(), Map.of())) {
            browser.open(sample.at("/app/admin"));
            pages.submit("bob", "not-his-password");
            assertTrue(pages.asksForLogin());
            var page = pages.logIn("bob");
            assertEquals(sample.at("/app/admin"), page.uri());
            assertEquals(403, page.status());
        }
    }

    @Test
    void aClientThatAuthenticatesByPostIsUnderstood() throws Exception {
        var settings = Map.of("OIDC_CLIENT_AUTHENTICATION", "client_secret_post");
        try (var sample = start(settings, Map.of("token_endpoint_auth_method", "client_secret_post"))) {
            browser.open(sample.at("/app/me"));
            assertEquals(200, pages.logIn("alice").status());
        }
    }

    @Test
    void aPostedResponseFromAnotherSiteEndsInASession() throws Exception {
        try (var sample = start(Map.of("OIDC_RESPONSE_MODE", "form_post"), Map.of())) {
            browser.open(sample.at("/app/me"));
            var theirs = pages.logIn("alice");
            var ours = browser.submit(theirs.form("form"));
            assertTrue(ours.has("input[name=resubmitted]"), ours.text());
            assertEquals(sample.at("/app/me"), browser.submit(ours.form("form")).uri());
        }
    }

    private Sample start(Map<String, String> settings, Map<String, String> metadata) throws Exception {
        var environment = new HashMap<>(Map.of(
                "OIDC_ISSUER", provider.issuer().toString(), "OIDC_CLIENT_ID", "shop", "OIDC_CLIENT_SECRET", SECRET));
        environment.putAll(settings);
        var sample = Sample.start("oidc-provider", environment);
        var client = new HashMap<String, Object>(Map.of(
                "client_id",
                "shop",
                "client_secret",
                SECRET,
                "redirect_uris",
                List.of(sample.redirectUri()),
                "post_logout_redirect_uris",
                List.of(sample.postLogoutRedirectUri())));
        client.putAll(metadata);
        provider.start(List.of(client));
        return sample;
    }
}
