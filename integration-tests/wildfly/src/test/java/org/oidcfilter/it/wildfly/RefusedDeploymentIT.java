// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.ContainerSecurityScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** A server that nobody has told anything: what cannot work there is not deployed, and the message says what to do. */
@ExtendWith(ArquillianExtension.class)
class RefusedDeploymentIT {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable Deployer deployer;

    @Deployment(name = "with beans", managed = false, testable = false)
    static WebArchive withBeans() {
        return ContainerSecurityScenarios.application(PROVIDER).beans().archive();
    }

    @Deployment(name = "without beans", managed = false, testable = false)
    static WebArchive withoutBeans() {
        return ShrinkWrap.create(WebArchive.class, "container-without-beans.war")
                .merge(ContainerSecurityScenarios.war(PROVIDER));
    }

    @Deployment(name = "in a domain of its own", managed = false, testable = false)
    static WebArchive inADomainOfItsOwn() {
        return ShrinkWrap.create(WebArchive.class, "container-in-no-domain.war")
                .merge(ContainerSecurityScenarios.application(PROVIDER).beans().archive())
                .addAsWebInfResource(
                        new StringAsset("<jboss-web><!-- <security-domain>other</security-domain> -->"
                                + "<security-domain>nowhere</security-domain></jboss-web>"),
                        "jboss-web.xml");
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void whereCallersWouldBeLookedUpTheCommandAgainstItIsTold() {
        assertRefused(
                "with beans",
                "/subsystem=undertow/application-security-domain=other:write-attribute(name=integrated-jaspi");
    }

    @Test
    void whereNobodyAsksUsTheLibraryThatDoesIsNamed() {
        assertRefused("without beans", "add the library oidc-cdi");
    }

    @Test
    void whereTheSecurityDomainIsNoneOfTheServersItIsNamed() {
        assertRefused("in a domain of its own", "the security domain 'nowhere', which jboss-web.xml names");
    }

    private void assertRefused(String deployment, String remedy) {
        var failure = assertThrows(
                Exception.class, () -> Objects.requireNonNull(deployer).deploy(deployment));
        var messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage());
        }
        assertTrue(messages.indexOf(remedy) >= 0, messages::toString);
    }
}
