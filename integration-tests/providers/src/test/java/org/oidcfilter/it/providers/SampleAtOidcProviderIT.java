// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.it.process.Browser;

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

    @Test
    void trustsTheClientSecretAsAKeyWhereTheOperatorSaysSo() throws Exception {
        var settings = Map.of("OIDC_ID_TOKEN_ALGORITHMS", "HS256");
        try (var sample = start(settings, Map.of("id_token_signed_response_alg", "HS256"))) {
            browser.open(sample.at("/app/me"));
            assertEquals(200, pages.logIn("alice").status());
        }
    }

    /** The provider fetches our keys, encrypts to them, and we read what nobody else can. */
    @ParameterizedTest
    @CsvSource({"RSA-OAEP-256, A256GCM", "ECDH-ES, A128CBC-HS256", "ECDH-ES, A256CBC-HS512"})
    void readsTokensThatAreEncryptedToThePublishedKeys(String alg, String enc, @TempDir Path folder) throws Exception {
        var keys = Files.writeString(folder.resolve("keys"), alg.startsWith("RSA") ? rsaPem() : ecJwk());
        var settings = Map.of("OIDC_DECRYPTION_KEYS_FILE", keys.toString(), "OIDC_USERINFO", "always");
        var metadata = Map.of(
                "id_token_encrypted_response_alg", alg,
                "id_token_encrypted_response_enc", enc,
                "userinfo_signed_response_alg", "RS256",
                "userinfo_encrypted_response_alg", alg,
                "userinfo_encrypted_response_enc", enc);
        try (var sample = start(settings, metadata)) {
            browser.open(sample.at("/app/me"));
            var me = pages.logIn("alice");
            assertEquals(200, me.status(), me.text());
            assertTrue(me.text().contains("admin"), me.text());
            browser.submit(browser.page().form("form"));
            assertTrue(pages.asksToConfirmLogout(), "the provider knows the session without a hint");
            assertEquals(sample.at("/"), pages.confirmLogout().uri());
            browser.open(sample.at("/app/me"));
            assertTrue(pages.asksForLogin());
        }
    }

    @Test
    void aPathMayAskForAFreshLoginWithoutAskingForItTwice() throws Exception {
        var settings = Map.of("OIDC_LOGIN_RULES", "/app/admin = prompt=login, max_age=5m");
        try (var sample = start(settings, Map.of())) {
            browser.open(sample.at("/app/me"));
            assertEquals(200, pages.logIn("alice").status());
            browser.open(sample.at("/app/admin"));
            assertTrue(pages.asksForLogin(), "although the provider knows the browser");
            assertEquals(sample.at("/app/admin"), pages.logIn("alice").uri());
            assertEquals(200, browser.open(sample.at("/app/admin")).status());
        }
    }

    @Test
    void aSilentLoginFindsOutWhetherSomebodyIsLoggedIn() throws Exception {
        try (var sample = start(Map.of(), Map.of())) {
            var silent = "/oidc/login?prompt=none&return_to=/public/hello";
            assertEquals(
                    sample.at("/public/hello"), browser.open(sample.at(silent)).uri());
            browser.open(sample.at("/app/me"));
            assertEquals(200, pages.logIn("alice").status());
            assertEquals(
                    sample.at("/public/hello"), browser.open(sample.at(silent)).uri());
            assertEquals(200, browser.open(sample.at("/app/me")).status());
        }
    }

    private static String rsaPem() throws GeneralSecurityException {
        var key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static String ecJwk() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\",\"d\":\"%s\"}"
                .formatted(
                        coordinate(point.getAffineX()),
                        coordinate(point.getAffineY()),
                        coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
    }

    /** 32 octets, whatever the number. */
    private static String coordinate(BigInteger number) {
        var octets = new byte[32];
        var bytes = number.toByteArray();
        var length = Math.min(bytes.length, octets.length);
        System.arraycopy(bytes, bytes.length - length, octets, octets.length - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
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
                List.of(sample.postLogoutRedirectUri()),
                "jwks_uri",
                sample.at("/oidc/jwks").toString()));
        client.putAll(metadata);
        provider.start(List.of(client));
        return sample;
    }
}
