// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;

/** docs/guides/jetty.md on a Jetty with the modules of Jakarta EE 10: what makes a WAR work. */
@ExtendWith(KeycloakExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyEe10IT {
    private final Keycloak keycloak;
    private final Substitutions ports;
    private final Installation jetty;

    JettyEe10IT(Keycloak keycloak) throws Exception {
        this.keycloak = keycloak;
        ports = Substitutions.at(keycloak).environment("ee10");
        jetty = Installation.jetty("jetty-ee10", ports);
    }

    @BeforeAll
    void followTheGuide() throws Exception {
        JettyGuide guide = new JettyGuide();
        guide.deployBothModes(jetty);
        guide.start(jetty, "/shop/", "/till/");
    }

    @AfterAll
    void stop() {
        jetty.close();
    }

    @Test
    void filterModeAtKeycloak() throws Exception {
        Visit.to(ports.plain("/shop/"), keycloak).passes();
    }

    @Test
    void containerModeAtKeycloak() throws Exception {
        assertTrue(jetty.log().contains("OIDC container security of '/till' is ready"));
        Visit.to(ports.plain("/till/"), keycloak).passes();
    }
}
