// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.suite;

import java.net.URI;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.scenarios.SmokeScenarios;
import org.oidcfilter.it.scenarios.TestWar;

/** The application without us. */
@ExtendWith(ArquillianExtension.class)
class SmokeIT implements SmokeScenarios {
    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("smoke").archive();
    }

    @Override
    public URI application() {
        return Objects.requireNonNull(application);
    }
}
