// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.suite;

import java.net.URI;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.DefinitionScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

@ExtendWith(ArquillianExtension.class)
class DefinitionIT implements DefinitionScenarios {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return DefinitionScenarios.filtered(PROVIDER);
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

    /** Not the one with a constraint: containers enforce those before any filter. */
    @Override
    public String closed() {
        return "whoami";
    }

    @Override
    public String nobody() {
        return "nobody";
    }

    @Override
    public boolean asksAgain() {
        return true;
    }
}
