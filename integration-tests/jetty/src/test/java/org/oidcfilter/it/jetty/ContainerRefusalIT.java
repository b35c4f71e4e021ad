// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.ContainerSecurityScenarios;
import org.oidcfilter.it.scenarios.Page;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** What Jetty itself refuses is shown by the application's own page, which knows whom it shows it to. */
@ExtendWith(ArquillianExtension.class)
class ContainerRefusalIT implements ProtectedApplication {
    private static final DevelopmentProvider PROVIDER = ProtectedApplication.startProvider();

    @ArquillianResource
    private @Nullable URI application;

    @Deployment(testable = false)
    static WebArchive war() {
        return JettyWebXml.addedTo(
                ContainerSecurityScenarios.war(PROVIDER),
                "<error-page><error-code>403</error-code><location>/error</location></error-page>\n");
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
    @Tag("RC-15")
    void whoLacksARoleIsKnownOnThePageThatSaysSo() {
        Page page = loggedIn("bob").visit(at("reports/may"));

        assertEquals(403, page.status());
        assertEquals("403", page.line("error"));
        assertEquals("bob", page.line("subject"));
        assertEquals("false", page.line("admin"));
    }

    @Test
    void whatIsClosedForAllIsRefusedWithoutALogin() {
        for (Browser browser : List.of(new Browser(), loggedIn("alice"))) {
            assertEquals(403, browser.visit(at("nobody/whoami")).status());
        }
        assertEquals("anonymous", new Browser().visit(at("nobody/whoami")).line("principal"));
        assertEquals("alice", loggedIn("alice").visit(at("nobody/whoami")).line("subject"));
    }
}
