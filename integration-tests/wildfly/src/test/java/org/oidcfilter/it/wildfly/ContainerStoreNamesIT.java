// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.names.Ledger;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.DefinitionScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** Identity stores find their data by names of the application, at the login. */
@ExtendWith(ArquillianExtension.class)
class ContainerStoreNamesIT implements ProtectedApplication {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        var settings = Map.of("redirect", "${baseURL}/Callback", "toOriginal", "false");
        return DefinitionScenarios.war("container-names", PROVIDER, settings).addPackage(Ledger.class.getPackage());
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Override
    public URI application() {
        return Objects.requireNonNull(application);
    }

    @Override
    public DevelopmentProvider provider() {
        return PROVIDER;
    }

    @Override
    @BeforeEach
    public void register() {
        PROVIDER.register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                .redirectUri(at("Callback").toString()));
    }

    @Test
    void aStoreFindsItsDataSource() {
        PROVIDER.loginAs("alice");
        var alice = new Browser();
        assertEquals(at("Callback"), alice.open(at("Secured")).uri());
        assertEquals("true", alice.visit(at("Unsecured")).line("clerk"));
    }
}
