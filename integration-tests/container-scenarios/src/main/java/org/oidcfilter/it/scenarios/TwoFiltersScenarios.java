// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** Two filters in one web application, each for a folder and a provider of its own; and one that is there twice. */
public interface TwoFiltersScenarios {

    /** The root of the deployed web application. */
    URI application();

    /** The provider of {@code /first/*}. */
    DevelopmentProvider first();

    /** The provider of {@code /second/*}. */
    DevelopmentProvider second();

    /** The web application with both filters. */
    static WebArchive war(DevelopmentProvider first, DevelopmentProvider second) {
        return TestWar.named("two-filters")
                .filter("first", "/first/*", settings(first, "/first/oidc"))
                .filter("second", "/second/*", settings(second, "/second/oidc"))
                .filter("twice", "/twice/*", settings(first, "/twice/oidc"))
                .filter("twice again", "/twice/*", settings(first, "/twice/oidc"))
                .archive();
    }

    @BeforeEach
    default void register() {
        register(first(), "first/oidc", "twice/oidc");
        register(second(), "second/oidc", "second/oidc");
        first().loginAs("alice");
        second().loginAs("bob");
    }

    @Test
    @Tag("SE-17")
    default void knowsEachCallerInItsFolderOnly() {
        Browser browser = new Browser();

        Page first = browser.open(at("first/whoami"));
        assertEquals(first().issuer(), first.line("issuer"));
        assertEquals("alice", first.line("subject"));
        assertLeadsTo(second(), browser.visit(at("second/whoami")));

        Page second = browser.open(at("second/whoami"));
        assertEquals(second().issuer(), second.line("issuer"));
        assertEquals("bob", second.line("subject"));
        assertEquals("alice", browser.visit(at("first/whoami")).line("subject"));
        assertEquals("anonymous", browser.visit(at("whoami")).line("principal"));
    }

    @Test
    default void letsBothLoginsGoOnAtOnce() {
        Browser browser = new Browser();
        Page first = browser.visit(at("first/whoami"));
        Page second = browser.visit(at("second/whoami"));

        assertEquals("bob", browser.followAll(second).line("subject"));
        assertEquals("alice", browser.followAll(first).line("subject"));
    }

    @Test
    default void logsOutOfOneAndStaysInTheOther() {
        Browser browser = new Browser();
        browser.open(at("first/whoami"));
        browser.open(at("second/whoami"));
        browser.followAll(browser.click(at("first/whoami"), at("first/oidc/logout")));

        assertLeadsTo(first(), browser.visit(at("first/whoami")));
        assertEquals("bob", browser.visit(at("second/whoami")).line("subject"));
    }

    @Test
    @Tag("CF-08")
    default void aFilterThatIsThereTwiceLogsInOnce() {
        Browser browser = new Browser();
        Page challenge = browser.visit(at("twice/whoami"));
        assertEquals(302, challenge.status());
        assertEquals(1, challenge.headers().allValues("Location").size());
        assertEquals(1, challenge.setCookies().size());
        Page page = browser.followAll(challenge);
        assertEquals("alice", page.line("subject"));
        assertEquals("OIDC", page.line("auth-type"));
        assertEquals(1, first().requests("/authorize").size());
        assertEquals(1, first().requests("/token").size());
        assertEquals(200, browser.visit(at("twice/whoami")).status());
        browser.followAll(browser.click(at("twice/whoami"), at("twice/oidc/logout")));
        assertLeadsTo(first(), browser.visit(at("twice/whoami")));
    }

    private URI at(String page) {
        return application().resolve(page);
    }

    private void register(DevelopmentProvider provider, String path, String other) {
        provider.register(Client.confidential(ProtectedApplication.CLIENT_ID, ProtectedApplication.CLIENT_SECRET)
                .redirectUri(at(path + "/callback").toString())
                .redirectUri(at(other + "/callback").toString())
                .postLogoutRedirectUri(at(path + "/logout/callback").toString())
                .postLogoutRedirectUri(at(other + "/logout/callback").toString()));
        provider.forgetRequests();
    }

    private static void assertLeadsTo(DevelopmentProvider provider, Page page) {
        assertTrue(page.location().toString().startsWith(provider.issuer() + "/authorize?"), page.location()::toString);
    }

    private static Map<String, String> settings(DevelopmentProvider provider, String path) {
        Map<String, String> settings = new HashMap<>(ProtectedApplication.trust(provider));
        settings.put("oidc.path", path);
        return settings;
    }
}
