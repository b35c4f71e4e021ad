// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.ejb.Desk;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.ContainerSecurityScenarios;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** Enterprise Beans and Jakarta Security know whom the mechanism has let in. */
@ExtendWith(ArquillianExtension.class)
class ContainerIdentityIT implements ProtectedApplication {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return ContainerSecurityScenarios.application(PROVIDER)
                .beans()
                .archive()
                .addPackage(Desk.class.getPackage());
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

    @Test
    @Tag("RC-16")
    void enterpriseBeansAndJakartaSecurityKnowTheCallerAndTheirRoles() {
        var alice = loggedIn("alice");
        var bob = loggedIn("bob");
        for (var path : new String[] {"desk", "public/desk"}) {
            var hers = alice.visit(at(path));
            assertEquals("open", hers.line("drawer"));
            assertEquals("alice true", hers.line("bean"));
            assertEquals("alice true", hers.line("security-context"));
            assertEquals("caller", hers.line("type"));
            assertEquals("alice", hers.line("principal"));
            var his = bob.visit(at(path));
            assertEquals("closed", his.line("drawer"));
            assertEquals("bob false", his.line("bean"));
            assertEquals("bob false", his.line("security-context"));
        }
    }

    @Test
    void nobodyIsNobodyThereToo() {
        var page = new Browser().visit(at("public/desk"));
        assertEquals("closed", page.line("drawer"));
        assertEquals("anonymous false", page.line("security-context"), "WildFly's name for nobody");
        assertEquals("another", page.line("type"));
        assertLeadsTo("/authorize", new Browser().visit(at("desk")));
    }
}
