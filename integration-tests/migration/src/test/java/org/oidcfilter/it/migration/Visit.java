// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Hop;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakAdmin;
import org.oidcfilter.it.process.KeycloakPages;
import org.oidcfilter.it.process.Page;

/** What people see of the office, whichever library knows them. */
final class Visit {
    private final Keycloak keycloak;
    private final URI office;
    private final Pattern landing;
    private Browser browser = new Browser();

    private Visit(Keycloak keycloak, URI office, Pattern landing) {
        this.keycloak = keycloak;
        this.office = office;
        this.landing = landing;
    }

    /** To the office at {@code office}, of which the provider knows these addresses, and that its logins use PKCE. */
    static Visit after(Keycloak keycloak, URI office, String... redirectPaths) throws Exception {
        register(keycloak, office, Map.of("pkce.code.challenge.method", "S256"), redirectPaths);
        return new Visit(keycloak, office, Pattern.compile("profile\\?from=here"));
    }

    /** The same with another library, which need not know of PKCE. */
    static Visit before(Keycloak keycloak, URI office, String... redirectPaths) throws Exception {
        register(keycloak, office, Map.of(), redirectPaths);
        return new Visit(keycloak, office, Pattern.compile("profile\\?from=here"));
    }

    /** The login ends at such an address, not exactly where the browser wanted to go. */
    Visit landingAt(String address) {
        return new Visit(keycloak, office, Pattern.compile(address));
    }

    private static void register(Keycloak keycloak, URI office, Map<String, String> attributes, String... redirectPaths)
            throws Exception {
        KeycloakAdmin admin = keycloak.admin();
        admin.logOut("alice");
        admin.logOut("bob");
        admin.deleteClient("shop");
        admin.createClient(Map.of(
                "clientId",
                "shop",
                "secret",
                Keycloak.SHOP_SECRET,
                "redirectUris",
                Stream.of(redirectPaths)
                        .map(path -> office.resolve(path).toString())
                        .toList(),
                "attributes",
                attributes,
                "protocolMappers",
                List.of(realmRoles("realm_access.roles"), realmRoles("groups"))));
    }

    /** Realm roles in each token and in UserInfo. */
    private static Map<String, Object> realmRoles(String claim) {
        return Map.of(
                "name",
                claim,
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-usermodel-realm-role-mapper",
                "config",
                Map.of(
                        "claim.name", claim,
                        "multivalued", "true",
                        "jsonType.label", "String",
                        "id.token.claim", "true",
                        "access.token.claim", "true",
                        "userinfo.token.claim", "true"));
    }

    /** All of it. */
    void passes() throws Exception {
        passesUntilSigningOut();
        assertEquals("goodbye", signOut().text(), this::route);
        assertEquals(List.of(), keycloak.admin().sessions("alice"));
        browser.open(at("profile"));
        assertTrue(new KeycloakPages(browser).asksForLogin(), browser.page().text());
    }

    /** All of it, but who signs out is sent to a page that does not exist, and is still logged in. */
    void passesExceptThatNobodyGetsOut() throws Exception {
        passesUntilSigningOut();
        assertEquals(404, signOut().status());
        assertEquals(1, keycloak.admin().sessions("alice").size());
        assertEquals("alice", browser.open(at("profile")).fact("Name"));
    }

    private void passesUntilSigningOut() throws Exception {
        aPublicPageIsOpen();
        theLoginLeadsBackToThePage();
        rolesDecide();
    }

    private void aPublicPageIsOpen() throws Exception {
        assertEquals("goodbye", browser.open(at("goodbye.html")).text());
        assertEquals(List.of(200), statuses());
    }

    private void theLoginLeadsBackToThePage() throws Exception {
        browser.open(at("profile?from=here"));
        assertTrue(
                new KeycloakPages(browser).asksForLogin(),
                () -> route() + browser.page().text());
        Page profile = new KeycloakPages(browser).logIn("alice");
        assertEquals(200, profile.status(), profile.text());
        String address = office.relativize(profile.uri()).toString();
        assertTrue(landing.matcher(address).matches(), this::route);
        assertEquals("alice", profile.fact("Name"));
        assertEquals("true", profile.fact("Administrator"));
    }

    private void rolesDecide() throws Exception {
        assertEquals("alice", browser.open(at("admin/staff")).fact("Name"));
        Browser bob = new Browser();
        bob.open(at("profile"));
        assertEquals("false", new KeycloakPages(bob).logIn("bob").fact("Administrator"));
        Page refusal = bob.open(at("admin/staff"));
        assertEquals(403, refusal.status(), refusal.text());
    }

    private Page signOut() throws Exception {
        browser.open(at("profile"));
        assertEquals(1, keycloak.admin().sessions("alice").size());
        return browser.click("Sign out");
    }

    /** Paths only: codes and tokens are in queries. */
    private String route() {
        return browser.hops().stream().map(hop -> hop.uri().getPath()).toList() + " ";
    }

    private URI at(String path) {
        return office.resolve(path);
    }

    private List<Integer> statuses() {
        return browser.hops().stream().map(Hop::status).toList();
    }
}
