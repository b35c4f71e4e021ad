// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.ContainerSecurityScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

@ExtendWith(ArquillianExtension.class)
class ContainerSecurityIT implements ContainerSecurityScenarios {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return ContainerSecurityScenarios.application(PROVIDER).beans().archive();
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

    /** Undertow takes what an annotation leaves to its other methods for uncovered, and denies it, as web.xml wants that. */
    @Override
    @Test
    public void enforcesAnnotationsThatTellMethodsApart() {
        for (var browser : List.of(new Browser(), loggedIn("alice"), loggedIn("bob"))) {
            assertEquals(403, browser.visit(at("secured")).status());
        }
    }
}
