// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** The application of {@link DefinitionScenarios} where logins end at the page that was asked for; the redirect URI is no page. */
public interface OriginalResourceScenarios extends ProtectedApplication {
    /** The application. */
    static WebArchive war(DevelopmentProvider provider) {
        return DefinitionScenarios.war(
                "container-original", provider, Map.of("redirect", "${baseURL}/nowhere", "toOriginal", "true"));
    }

    @Override
    @BeforeEach
    default void register() {
        provider()
                .register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                        .redirectUri(at("nowhere").toString()));
        provider().forgetRequests();
    }

    @Test
    default void aLoginEndsAtThePageThatWasAskedFor() {
        provider().loginAs("alice");
        Page page = new Browser().open(at("Secured?a=1"));
        assertEquals(at("Secured?a=1"), page.uri());
        assertEquals("a=1", page.line("query"));
    }
}
