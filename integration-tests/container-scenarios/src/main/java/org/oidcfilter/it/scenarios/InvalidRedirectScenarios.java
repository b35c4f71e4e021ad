// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** The application of {@link DefinitionScenarios} whose redirect URI is relative, and no page that it has. */
public interface InvalidRedirectScenarios extends ProtectedApplication {
    /** The application. */
    static WebArchive war(DevelopmentProvider provider) {
        return DefinitionScenarios.war(
                "container-invalid", provider, Map.of("redirect", "invalid_callback", "toOriginal", "false"));
    }

    @Override
    @BeforeEach
    default void register() {
        provider()
                .register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                        .redirectUri(at("invalid_callback").toString()));
        provider().forgetRequests();
    }

    @Test
    default void aLoginEndsAtAPageThatIsNotThere() {
        provider().loginAs("alice");
        Browser alice = new Browser();
        assertEquals(404, alice.open(at("Secured")).status());
        assertEquals("alice", alice.visit(at("Secured")).line("name"), "logged in nevertheless");
    }
}
