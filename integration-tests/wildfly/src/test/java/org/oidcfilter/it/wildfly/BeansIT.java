// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import java.net.URI;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.scenarios.BeansScenarios;
import org.oidcfilter.it.scenarios.TestWar;

@ExtendWith(ArquillianExtension.class)
class BeansIT implements BeansScenarios {
    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("beans").beans().archive();
    }

    @Override
    public URI application() {
        return Objects.requireNonNull(application);
    }
}
