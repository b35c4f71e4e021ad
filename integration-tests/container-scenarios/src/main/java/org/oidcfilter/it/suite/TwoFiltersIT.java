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
import org.oidcfilter.it.scenarios.ProtectedApplication;
import org.oidcfilter.it.scenarios.TwoFiltersScenarios;

/** Two filters in one application. */
@ExtendWith(ArquillianExtension.class)
class TwoFiltersIT implements TwoFiltersScenarios {
    private static final DevelopmentProvider FIRST = ProtectedApplication.startProvider();
    private static final DevelopmentProvider SECOND = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return TwoFiltersScenarios.war(FIRST, SECOND);
    }

    @AfterAll
    static void close() {
        FIRST.close();
        SECOND.close();
    }

    @Override
    public URI application() {
        return Objects.requireNonNull(application);
    }

    @Override
    public DevelopmentProvider first() {
        return FIRST;
    }

    @Override
    public DevelopmentProvider second() {
        return SECOND;
    }
}
