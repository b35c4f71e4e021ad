// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakAdmin;
import org.oidcfilter.it.process.KeycloakExtension;
import org.oidcfilter.it.process.KeycloakPages;

/** Keycloak is what the scenario tests need: its pages can be used, its realm be changed, its process be stopped. */
@ExtendWith(KeycloakExtension.class)
class KeycloakIT {
    private static final URI REDIRECT_URI = URI.create("http://127.0.0.1:9/shop/callback");

    private final Keycloak keycloak;
    private final Browser browser = new Browser().stoppingAt(REDIRECT_URI);
    private final KeycloakPages pages = new KeycloakPages(browser);

    KeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @BeforeEach
    void registerTheRedirectUriAndEndOldSessions() throws Exception {
        keycloak.admin().setRedirectUris("shop", REDIRECT_URI.toString());
        keycloak.admin().setRedirectUris("shop-public", REDIRECT_URI.toString());
        keycloak.admin().logOut("alice");
        keycloak.admin().logOut("bob");
    }

    @Test
    void putsRolesAndGroupsOfAliceIntoTheIdTokenOfTheShop() throws Exception {
        JwtClaims claims = logIn(shop(), "alice");

        assertEquals("alice", claims.getClaimValueAsString("preferred_username"));
        assertEquals("alice@example.com", claims.getClaimValueAsString("email"));
        assertEquals(Set.of("admin", "user"), Set.copyOf((List<?>) at(claims, "realm_access", "roles")));
        assertEquals(List.of("buyer"), at(claims, "resource_access", "shop", "roles"));
        assertEquals(List.of("staff"), claims.getStringListClaimValue("groups"));
    }

    @Test
    void givesBobAtThePublicClientNoMoreThanHisOneRole() throws Exception {
        JwtClaims claims = logIn(shopPublic(), "bob");

        assertEquals(List.of("user"), at(claims, "realm_access", "roles"));
        assertFalse(claims.hasClaim("resource_access"));
    }

    @Test
    void showsTheLoginFormAgainAfterAWrongPassword() throws Exception {
        browser.open(CodeFlow.with(shop()).authenticationRequest());

        pages.submit("alice", "not-her-password");

        assertTrue(pages.asksForLogin());
        assertEquals("Invalid username or password.", pages.complaint());
        pages.logIn("alice");
        assertTrue(browser.page().hop().redirect().isPresent());
    }

    @Test
    void refusesTheShopWithoutPkce() throws Exception {
        String request = CodeFlow.with(shop()).authenticationRequest().toString();

        browser.open(URI.create(request.replaceAll("&code_challenge[^&]*", "")));

        assertEquals("invalid_request", CodeFlow.query(redirect()).get("error"));
    }

    @Test
    void logsInSilentlyWhileItsSessionLasts() throws Exception {
        logIn(shop(), "alice");

        browser.open(CodeFlow.with(shop()).authenticationRequest());

        assertTrue(CodeFlow.query(redirect()).containsKey("code"));
        assertEquals(1, keycloak.admin().sessions("alice").size());
    }

    @Test
    void asksForLoginAgainAfterTheUserWasLoggedOutByTheAdministrator() throws Exception {
        logIn(shop(), "alice");
        assertEquals(1, keycloak.admin().sessions("alice").size());

        keycloak.admin().logOut("alice");

        assertEquals(List.of(), keycloak.admin().sessions("alice"));
        browser.open(CodeFlow.with(shop()).authenticationRequest());
        assertTrue(pages.asksForLogin());
    }

    @Test
    void endsTheSessionOnceTheUserConfirmsTheLogout() throws Exception {
        logIn(shop(), "alice");
        browser.open(CodeFlow.with(shop()).endpoint("end_session_endpoint"));
        assertTrue(pages.asksToConfirmLogout());
        assertEquals(1, keycloak.admin().sessions("alice").size());

        pages.confirmLogout();

        assertEquals(List.of(), keycloak.admin().sessions("alice"));
    }

    @Test
    void tellsTheClientOnTheBackChannelWhenTheAdministratorLogsTheUserOut() throws Exception {
        try (BackchannelListener listener = new BackchannelListener()) {
            Map<String, String> attributes = Map.of(
                    "backchannel.logout.url", listener.uri().toString(), "backchannel.logout.session.required", "true");
            keycloak.admin().setAttributes("shop", attributes);
            JwtClaims login = logIn(shop(), "alice");

            keycloak.admin().logOut("alice");

            JwtClaims logout = listener.awaitLogoutToken();
            assertEquals(login.getSubject(), logout.getSubject());
            assertEquals(login.getClaimValueAsString("sid"), logout.getClaimValueAsString("sid"));
        } finally {
            keycloak.admin().setAttributes("shop", Map.of("backchannel.logout.url", ""));
        }
    }

    @Test
    void signsWithTheNewKeyAfterARotation() throws Exception {
        String before = keycloak.admin().signingKeyId();

        keycloak.admin().addSigningKey();
        logIn(shop(), "alice");
        String after = keycloak.admin().signingKeyId();
        keycloak.admin().removeFormerSigningKeys();

        assertNotEquals(before, after);
        String keys = browser.fetch(CodeFlow.with(shop()).endpoint("jwks_uri")).body();
        assertTrue(keys.contains(after));
        assertFalse(keys.contains(before));
    }

    @Test
    void keepsClientsThatTestsCreateUntilTheyDeleteThem() throws Exception {
        KeycloakAdmin admin = keycloak.admin();
        admin.createClient(Map.of("clientId", "guest", "attributes", Map.of("keep", "this")));

        admin.setAttributes("guest", Map.of("backchannel.logout.url", "http://127.0.0.1:9/logout"));

        Map<String, String> attributes = admin.attributes("guest");
        assertEquals("this", attributes.get("keep"));
        assertEquals("http://127.0.0.1:9/logout", attributes.get("backchannel.logout.url"));
        admin.deleteClient("guest");
        assertThrows(IOException.class, () -> admin.client("guest"));
    }

    @Test
    void goesAwayAndComesBackWithTheSameKeysAndSessions() throws Exception {
        logIn(shop(), "alice");
        String key = keycloak.admin().signingKeyId();

        keycloak.stop();

        assertThrows(ConnectException.class, () -> new Browser().open(keycloak.issuer()));
        keycloak.start();
        assertEquals(key, keycloak.admin().signingKeyId());
        browser.open(CodeFlow.with(shop()).authenticationRequest());
        assertTrue(CodeFlow.query(redirect()).containsKey("code"));
    }

    private JwtClaims logIn(CodeFlow.Registration client, String username) throws Exception {
        CodeFlow flow = CodeFlow.with(client);
        browser.open(flow.authenticationRequest());
        pages.logIn(username);
        return flow.idToken(flow.tokens(redirect()));
    }

    private URI redirect() {
        return browser.page().hop().redirect().orElseThrow();
    }

    private CodeFlow.Registration shop() {
        return new CodeFlow.Registration(keycloak.issuer(), "shop", Keycloak.SHOP_SECRET, REDIRECT_URI);
    }

    private CodeFlow.Registration shopPublic() {
        return new CodeFlow.Registration(keycloak.issuer(), "shop-public", "", REDIRECT_URI);
    }

    /** What stands at the end of a path of names in a token. */
    private static Object at(JwtClaims claims, String... path) {
        Object found = claims.getClaimsMap();
        for (String name : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(name), name);
        }
        return found;
    }
}
