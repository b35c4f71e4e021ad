// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.suite;

import java.net.URI;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.Container;
import org.oidcfilter.it.scenarios.FilterScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;
import org.oidcfilter.it.scenarios.SideBySideScenarios;

/** An application with constraints beside one with a filter. */
@ExtendWith(ArquillianExtension.class)
class ContainerSideBySideIT implements SideBySideScenarios {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    @OperateOnDeployment("application")
    private @Nullable URI application;

    @ArquillianResource
    @OperateOnDeployment("neighbour")
    private @Nullable URI neighbour;

    @Deployment(name = "application", testable = false)
    static WebArchive war() {
        return Container.current().securing(SideBySideScenarios.containerWar(PROVIDER));
    }

    @Deployment(name = "neighbour", testable = false)
    static WebArchive other() {
        return FilterScenarios.war(PROVIDER);
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
    public URI neighbour() {
        return Objects.requireNonNull(neighbour);
    }

    @Override
    public DevelopmentProvider provider() {
        return PROVIDER;
    }
}
