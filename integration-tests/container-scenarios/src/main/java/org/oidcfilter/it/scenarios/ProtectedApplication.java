// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.User;

/** The web application behind one filter, and the provider it trusts. */
public interface ProtectedApplication {
    /** The client identifier of the application. */
    String CLIENT_ID = "shop";

    /** The client secret; long enough to derive keys from. */
    String CLIENT_SECRET = "a-secret-of-the-tests-with-more-than-32-characters";

    /** The root of the deployed web application. */
    URI application();

    /** The provider. */
    DevelopmentProvider provider();

    /** A provider that knows Alice, who is an administrator, and Bob, who is not. */
    static DevelopmentProvider startProvider() {
        return DevelopmentProvider.builder()
                .user(User.named("alice").roles("user", "admin"))
                .user(User.named("bob").roles("user"))
                .start();
    }

    /** The settings that an application needs to trust a provider. */
    static Map<String, String> trust(DevelopmentProvider provider) {
        return Map.of(
                "oidc.issuer", provider.issuer(), "oidc.client-id", CLIENT_ID, "oidc.client-secret", CLIENT_SECRET);
    }

    /** Registers the addresses at the provider, known only now, and forgets what another test left there. */
    @BeforeEach
    default void register() {
        provider()
                .register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                        .redirectUri(at("oidc/callback").toString())
                        .postLogoutRedirectUri(at("oidc/logout/callback").toString())
                        .backchannelLogoutUri(at("oidc/backchannel-logout").toString()));
        provider().forgetRequests();
    }

    /** The address of a page of the application. */
    default URI at(String page) {
        return application().resolve(page);
    }

    /** A new browser in which this user is logged in. */
    default Browser loggedIn(String user) {
        Browser browser = new Browser();
        provider().loginAs(user);
        assertEquals(user, browser.open(at("whoami")).line("subject"));
        return browser;
    }

    /** Nobody is logged in in this browser: a page that needs a login leads to the provider. */
    default void assertLoginNeeded(Browser browser) {
        assertLeadsTo("/authorize", browser.visit(at("whoami")));
    }

    /** The page is a redirect to this path of the provider. */
    default void assertLeadsTo(String path, Page page) {
        assertTrue(page.location().toString().startsWith(provider().issuer() + path + "?"), page.location()::toString);
    }
}
