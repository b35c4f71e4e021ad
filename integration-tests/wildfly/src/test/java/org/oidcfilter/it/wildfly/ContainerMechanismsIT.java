// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.basic.Basic;
import org.oidcfilter.it.scenarios.ContainerSecurityScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** Jakarta Security would deploy an application with two mechanisms, and fail at each request. */
@ExtendWith(ArquillianExtension.class)
class ContainerMechanismsIT {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable Deployer deployer;

    @Deployment(name = "two", managed = false, testable = false)
    static WebArchive two() {
        return ContainerSecurityScenarios.application(PROVIDER)
                .beans()
                .archive()
                .addPackage(Basic.class.getPackage());
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void aSecondMechanismFailsTheDeployment() {
        var failure = assertThrows(
                Exception.class, () -> Objects.requireNonNull(deployer).deploy("two"));
        var messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage());
        }
        assertTrue(messages.indexOf("Jakarta Security allows for one") >= 0, messages::toString);
    }
}
