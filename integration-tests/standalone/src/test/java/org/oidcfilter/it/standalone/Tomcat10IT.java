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

/** docs/guides/tomcat.md on a Tomcat 10.1: what makes a WAR work. */
@ExtendWith(KeycloakExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Tomcat10IT {
    private final Keycloak keycloak;
    private final Installation tomcat;
    private final Substitutions ports;

    Tomcat10IT(Keycloak keycloak) throws Exception {
        this.keycloak = keycloak;
        this.ports = Substitutions.at(keycloak);
        this.tomcat = Installation.tomcat("tomcat10", ports);
    }

    @BeforeAll
    void followTheGuide() throws Exception {
        TomcatGuide guide = new TomcatGuide();
        guide.deployBothModes(tomcat);
        guide.start(tomcat, "/shop/", "/till/");
    }

    @AfterAll
    void stop() {
        tomcat.close();
    }

    @Test
    void filterModeAtKeycloak() throws Exception {
        Visit.to(ports.plain("/shop/"), keycloak).passes();
    }

    @Test
    void containerModeAtKeycloak() throws Exception {
        assertTrue(tomcat.log().contains("OIDC container security of '/till' is ready"));
        Visit.to(ports.plain("/till/"), keycloak).passes();
    }
}
