// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;

/**
 * An application in the style of Jakarta Security, unchanged: a definition, a callback servlet, an identity store. The same with
 * the container's security and behind the filter, which takes its settings from the definition.
 */
public interface DefinitionScenarios extends IdentityScenarios {
    /** The application. Of ours it has the libraries, and no setting. */
    static WebArchive war(DevelopmentProvider provider) {
        return war("container-definition", provider, Map.of("redirect", "${baseURL}/Callback", "toOriginal", "false"));
    }

    /** The same behind the filter. */
    static WebArchive filtered(DevelopmentProvider provider) {
        TestWar war = TestWar.named("definition")
                .filter()
                .settings(Map.of(
                        "oidc.container-security", "false", "oidc.public-paths", "/Unsecured, /Identity, /Callback"));
        return war(war, provider, Map.of("redirect", "${baseURL}/Callback", "toOriginal", "false"));
    }

    /** The same, under a name, with some values of its own. */
    static WebArchive war(String name, DevelopmentProvider provider, Map<String, String> own) {
        return war(TestWar.named(name), provider, own);
    }

    /** The same, with whatever {@code war} has. */
    static WebArchive war(TestWar war, DevelopmentProvider provider, Map<String, String> own) {
        String properties = Map.of("provider", provider.issuer(), "clientId", CLIENT_ID, "clientSecret", CLIENT_SECRET)
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        String more = own.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        return war.beans()
                .archive()
                .addPackage("org.oidcfilter.it.definition")
                .addAsWebInfResource(
                        new StringAsset("<beans version=\"4.0\" bean-discovery-mode=\"all\"/>"), "beans.xml")
                .addAsResource(new StringAsset(properties + more), "openid.properties");
    }

    @Test
    default void aPublicPageStaysPublic() {
        Browser browser = new Browser();
        assertEquals("nobody", browser.visit(at("Unsecured")).line("name"));
        provider().loginAs("alice");
        browser.open(at(closed()));
        assertEquals("alice", browser.visit(at("Unsecured")).line("name"));
    }

    @Test
    default void aLoginEndsAtTheCallbackServletWithTheContext() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page page = browser.open(at(closed() + "?a=1"));
        assertEquals(at("Callback"), page.uri());
        assertEquals("alice", page.line("subject"));
        assertEquals("AccessToken", page.line("token"));
        assertEquals(at(closed() + "?a=1").toString(), page.line("original"));
        assertEquals("alice", browser.visit(at("Unsecured")).line("name"));
    }

    @Test
    default void theCallbackServletIsAPageLikeAnyOther() {
        assertEquals("null", new Browser().visit(at("Callback")).line("subject"));
        assertEquals(
                400, new Browser().visit(at("Callback?state=forged&code=1")).status());
    }

    @Test
    default void whoSignsOutIsSentToLogInAgain() {
        Browser alice = new Browser();
        provider().loginAs("alice");
        alice.open(at(closed()));
        Page page = alice.visit(at("signout"));
        assertEquals(at("oidc/login"), page.location());
        assertEquals("nobody", alice.visit(at("Unsecured")).line("name"));
        assertEquals(at("Callback"), alice.followAll(page).uri());
        assertEquals("alice", alice.visit(at("Unsecured")).line("name"));
    }

    @Test
    default void groupsComeFromTheIdentityStoreOfTheApplicationToo() {
        Browser bob = new Browser();
        provider().loginAs("bob");
        bob.open(at(closed()));
        assertEquals("true", bob.visit(at("Unsecured")).line("clerk"));
        assertEquals("true", bob.visit(at("Identity")).line("user"), "besides those of the claim");
        Browser alice = new Browser();
        provider().loginAs("alice");
        alice.open(at(closed()));
        assertEquals("false", alice.visit(at("Unsecured")).line("clerk"));
    }
}
