// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** The application of {@link DefinitionScenarios} behind the filter, which takes its settings from the definition. */
public interface DefinedFilterScenarios extends ProtectedApplication {
    /** The application. */
    static WebArchive war(DevelopmentProvider provider) {
        TestWar war = TestWar.named("defined-filter")
                .filter()
                .settings(Map.of("oidc.container-security", "false", "oidc.public-paths", "/Unsecured, /Callback"));
        return DefinitionScenarios.war(war, provider, Map.of("redirect", "${baseURL}/Callback", "toOriginal", "false"));
    }

    @Override
    @BeforeEach
    default void register() {
        provider()
                .register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                        .redirectUri(at("Callback").toString()));
        provider().forgetRequests();
    }

    @Test
    default void theFilterAsksForTheLoginAsTheDefinitionSays() {
        Browser bob = new Browser();
        provider().loginAs("bob");
        assertEquals("nobody", bob.visit(at("Unsecured")).line("name"));
        Page page = bob.open(at("whoami?a=1"));
        assertEquals(at("Callback"), page.uri());
        assertEquals("bob", page.line("subject"));
        assertEquals(at("whoami?a=1").toString(), page.line("original"));
        assertEquals("bob", bob.visit(at("whoami")).line("subject"));
        assertEquals("bob", bob.visit(at("Unsecured")).line("name"));
    }
}
