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
import org.oidcfilter.it.scenarios.JakartaSampleScenarios;

@ExtendWith(ArquillianExtension.class)
class ContainerJakartaSampleIT implements JakartaSampleScenarios {
    private static final DevelopmentProvider PROVIDER = JakartaSampleScenarios.startProvider();

    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return JakartaSampleScenarios.war(PROVIDER);
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
}
