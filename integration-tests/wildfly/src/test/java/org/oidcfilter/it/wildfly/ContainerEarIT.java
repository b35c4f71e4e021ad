// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.ContainerSecurityScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** Libraries that all web applications of an EAR share know nothing of the settings of any one. */
@ExtendWith(ArquillianExtension.class)
class ContainerEarIT {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable Deployer deployer;

    @Deployment(name = "ear", managed = false, testable = false)
    static EnterpriseArchive ear() {
        var war = Mechanism.addedTo(ContainerSecurityScenarios.war(PROVIDER));
        war.delete("/WEB-INF/lib");
        return ShrinkWrap.create(EnterpriseArchive.class, "shared.ear")
                .addAsModule(war)
                .addAsLibraries(jars(""))
                .addAsLibraries(jars("../oidc-cdi"));
    }

    private static File[] jars(String folder) {
        var libraries = new File(System.getProperty("web-inf-lib"), folder);
        return Objects.requireNonNull(libraries.listFiles((parent, file) -> file.endsWith(".jar")));
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void librariesInTheFolderOfTheEarFailTheDeployment() {
        var failure = assertThrows(
                Exception.class, () -> Objects.requireNonNull(deployer).deploy("ear"));
        var messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage());
        }
        assertTrue(messages.indexOf("add the library oidc-cdi") >= 0, messages::toString);
    }
}
