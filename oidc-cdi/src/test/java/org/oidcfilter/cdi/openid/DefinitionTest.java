// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.DisplayType;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdProviderMetadata;
import jakarta.security.enterprise.authentication.mechanism.http.openid.PromptType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.oidcfilter.ConfigurationException;

@TestInstance(Lifecycle.PER_CLASS)
class DefinitionTest {
    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Shop.class)
            .initialize();

    @AfterAll
    void close() {
        container.close();
    }

    private Map<String, String> settings(Class<?> type) {
        var definition = Objects.requireNonNull(type.getAnnotation(OpenIdAuthenticationMechanismDefinition.class));
        return Definition.settings(definition, new Expressions(container.getBeanManager()), "/shop");
    }

    private List<String> problems(Class<?> type) {
        return assertThrows(ConfigurationException.class, () -> settings(type)).problems();
    }

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://id.example",
            clientId = "shop",
            clientSecret = "the-secret")
    private static final class Usual {}

    @Test
    void whatIsNotSaidHasTheDefaultsOfTheStandard() {
        assertEquals(
                Map.ofEntries(
                        Map.entry("oidc.container-security", "true"),
                        Map.entry("oidc.issuer", "https://id.example"),
                        Map.entry("oidc.client-id", "shop"),
                        Map.entry("oidc.client-secret", "the-secret"),
                        Map.entry("oidc.caller-name-claim", "'preferred_username'"),
                        Map.entry("oidc.roles-claim", "'groups'"),
                        Map.entry("oidc.callback-path", "/Callback"),
                        Map.entry("oidc.landing-path", "/Callback"),
                        Map.entry("oidc.scope", "openid email profile"),
                        Map.entry("oidc.userinfo", "available"),
                        Map.entry("oidc.refresh", "false"),
                        Map.entry("oidc.application-logout", "leave"),
                        Map.entry("oidc.refresh-ahead", "10000ms"),
                        Map.entry("oidc.session-ends-with-id-token", "false"),
                        Map.entry("oidc.session-ends-with-access-token", "false")),
                settings(Usual.class));
    }

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://id.example/.well-known/openid-configuration",
            clientId = "shop",
            claimsDefinition =
                    @ClaimsDefinition(callerNameClaim = "e.mail", callerGroupsClaim = "https://x.example/r,s"),
            logout =
                    @LogoutDefinition(
                            notifyProvider = true,
                            redirectURI = "${baseURL}/goodbye",
                            accessTokenExpiry = true,
                            identityTokenExpiry = true),
            redirectURI = "https://www.example.com/shop/Callback",
            redirectToOriginalResource = true,
            scope = {"email", "a"},
            responseMode = "form_post",
            prompt = {PromptType.LOGIN, PromptType.SELECT_ACCOUNT},
            display = DisplayType.POPUP,
            extraParameters = {"hd=example.com", "list=a,b"},
            tokenAutoRefresh = true,
            tokenMinValidity = 20_000)
    private static final class Unusual {}

    @Test
    void whatIsSaidHasItsSetting() {
        var settings = settings(Unusual.class);
        assertEquals("https://id.example", settings.get("oidc.issuer"));
        assertFalse(settings.containsKey("oidc.client-secret"), "a public client");
        assertEquals("'e.mail'", settings.get("oidc.caller-name-claim"), "no path");
        assertEquals("https://x.example/r\\,s", settings.get("oidc.roles-claim"));
        assertEquals("provider", settings.get("oidc.application-logout"));
        assertEquals("/goodbye", settings.get("oidc.post-logout-path"));
        assertEquals("/goodbye", settings.get("oidc.logout-callback-path"), "the address that is registered");
        assertEquals("true", settings.get("oidc.session-ends-with-access-token"));
        assertEquals("true", settings.get("oidc.session-ends-with-id-token"));
        assertEquals("/Callback", settings.get("oidc.callback-path"));
        assertEquals("https://www.example.com/shop", settings.get("oidc.external-url"));
        assertFalse(settings.containsKey("oidc.landing-path"));
        assertEquals("true", settings.get("oidc.saved-posts"));
        assertEquals("openid email a", settings.get("oidc.scope"));
        assertEquals("form_post", settings.get("oidc.response-mode"));
        assertEquals("login,select_account", settings.get("oidc.prompt"));
        assertEquals("hd=example.com,list=a\\,b,display=popup", settings.get("oidc.extra-parameters"));
        assertEquals("true", settings.get("oidc.refresh"));
        assertEquals("20000ms", settings.get("oidc.refresh-ahead"));
    }

    @OpenIdAuthenticationMechanismDefinition(
            clientId = "shop",
            providerMetadata =
                    @OpenIdProviderMetadata(
                            issuer = "https://id.example",
                            authorizationEndpoint = "https://id.example/a",
                            tokenEndpoint = "https://id.example/t",
                            userinfoEndpoint = "https://id.example/u",
                            endSessionEndpoint = "https://id.example/e",
                            jwksURI = "https://id.example/j"))
    private static final class WithoutDiscovery {}

    @Test
    void aProviderMayBeKnownWithoutDiscovery() {
        var settings = settings(WithoutDiscovery.class);
        assertEquals("false", settings.get("oidc.discovery"));
        assertEquals("https://id.example", settings.get("oidc.issuer"));
        assertEquals("https://id.example/a", settings.get("oidc.authorization-endpoint"));
        assertEquals("https://id.example/t", settings.get("oidc.token-endpoint"));
        assertEquals("https://id.example/u", settings.get("oidc.userinfo-endpoint"));
        assertEquals("https://id.example/e", settings.get("oidc.end-session-endpoint"));
        assertEquals("https://id.example/j", settings.get("oidc.jwks-uri"));
        assertEquals("RS256", settings.get("oidc.id-token-algorithms"));
    }

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://id.example",
            clientId = "shop",
            logout = @LogoutDefinition(redirectURI = "${baseURL}"))
    private static final class BackToTheBase {}

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://id.example",
            clientId = "shop",
            logout = @LogoutDefinition(redirectURI = "https://www.example.com/shop"))
    private static final class BackToTheApplication {}

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://id.example",
            clientId = "shop",
            logout = @LogoutDefinition(redirectURI = "/shop"))
    private static final class BackToTheContextPath {}

    @Test
    void theAddressOfTheApplicationStandsForItsStartPage() {
        for (var type : List.of(BackToTheBase.class, BackToTheApplication.class, BackToTheContextPath.class)) {
            assertEquals("/", settings(type).get("oidc.post-logout-path"), type.getSimpleName());
        }
    }

    /** What expressions refer to. */
    @Named("shop")
    @Dependent
    public static class Shop {
        public String getClient() {
            return "shop";
        }

        public String getRedirect() {
            return "${baseURL}/Callback";
        }

        public boolean isYes() {
            return true;
        }

        public List<String> getScopes() {
            return List.of("openid", "a");
        }

        public @Nullable String getUnset() {
            return null;
        }

        public int getSeconds() {
            return 30;
        }
    }

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://${shop.client}.example",
            clientId = "#{shop.client}",
            clientSecret = "${shop.client.concat('-secret')}",
            redirectURI = "${shop.redirect}",
            redirectToOriginalResourceExpression = "${shop.yes}",
            scopeExpression = "#{shop.scopes}",
            promptExpression = "${'LOGIN, CONSENT'}",
            displayExpression = "${'touch'}",
            extraParameters = "client=${shop.client}",
            tokenAutoRefreshExpression = "true",
            tokenMinValidityExpression = "${shop.seconds * 1000}",
            logout = @LogoutDefinition(identityTokenExpiryExpression = "${not empty shop.client}"))
    private static final class WithExpressions {}

    @Test
    void expressionsSeeNamedBeans() {
        var settings = settings(WithExpressions.class);
        assertEquals("https://shop.example", settings.get("oidc.issuer"));
        assertEquals("shop", settings.get("oidc.client-id"));
        assertEquals("shop-secret", settings.get("oidc.client-secret"));
        assertEquals("/Callback", settings.get("oidc.callback-path"));
        assertFalse(settings.containsKey("oidc.landing-path"));
        assertEquals("openid a", settings.get("oidc.scope"));
        assertEquals("login,consent", settings.get("oidc.prompt"));
        assertEquals("client=shop,display=touch", settings.get("oidc.extra-parameters"));
        assertEquals("true", settings.get("oidc.refresh"));
        assertEquals("30000ms", settings.get("oidc.refresh-ahead"));
        assertEquals("true", settings.get("oidc.session-ends-with-id-token"));
    }

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://id.example",
            clientId = "${shop.none}",
            clientSecret = "${shop.unset}",
            redirectURI = "my page",
            tokenAutoRefreshExpression = "${shop.seconds}",
            tokenMinValidityExpression = "soon",
            responseType = "id_token",
            providerMetadata = @OpenIdProviderMetadata(responseTypeSupported = "id_token"))
    private static final class Wrong {}

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var prefix = "@OpenIdAuthenticationMechanismDefinition: ";
        assertEquals(
                List.of(
                        prefix + "clientId is an expression that cannot be evaluated (PropertyNotFoundException)",
                        prefix + "clientSecret is an expression that yields nothing",
                        prefix + "providerMetadata.responseTypeSupported must have code among them",
                        prefix + "redirectURI must be an address",
                        prefix + "responseType must be code: tokens do not come through the browser",
                        prefix + "tokenAutoRefresh is an expression that yields something else",
                        prefix + "tokenMinValidity is an expression that yields something else"),
                problems(Wrong.class));
    }

    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "https://id.example",
            clientId = "shop",
            redirectURI = "https://www.example.com/shop/Callback",
            logout = @LogoutDefinition(redirectURI = "https://other.example/shop/bye"))
    private static final class BackToAnother {}

    @Test
    void aLogoutDoesNotLeadToAnotherApplication() {
        assertEquals(
                List.of(
                        "@OpenIdAuthenticationMechanismDefinition: logout.redirectURI must be of this application: begin"
                                + " both redirect URIs with ${baseURL}"),
                problems(BackToAnother.class));
    }

    @Test
    void addressesArePagesOfTheApplication() {
        assertEquals("/Callback", Place.of("base-url:/Callback", "/shop").path());
        assertEquals("/Callback", Place.of("/shop/Callback", "/shop").path());
        assertEquals("/invalid_callback", Place.of("invalid_callback", "/shop").path());
        assertEquals("/Callback", Place.of("https://shop.example/Callback", "").path());
        assertEquals(
                "https://shop.example/other/Callback",
                Place.of("https://shop.example/other/Callback", "/shop").path(),
                "no path, and refused as such");
    }
}
