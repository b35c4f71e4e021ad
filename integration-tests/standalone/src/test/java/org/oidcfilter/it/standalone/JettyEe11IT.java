// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;

/** docs/guides/jetty.md on a Jetty with the modules of Jakarta EE 11, all of it. */
@ExtendWith({KeycloakExtension.class, Certificate.Tool.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JettyEe11IT {
    private final Keycloak keycloak;
    private final Substitutions ports;
    private final Installation jetty;
    private final JettyGuide guide;
    private final Certificate certificate;

    JettyEe11IT(Keycloak keycloak) throws Exception {
        this.keycloak = keycloak;
        guide = new JettyGuide();
        ports = Substitutions.at(keycloak);
        jetty = Installation.jetty("jetty-ee11", ports);
        certificate = Certificate.in(jetty.desk());
    }

    @BeforeAll
    void followTheGuide() throws Exception {
        guide.deployBothModes(jetty);
        guide.deployAtTheRoot(jetty);
        guide.listenWithTls(jetty);
        guide.deployWithExternalUrl(jetty);
        guide.deployWithASocket(jetty);
        guide.start(jetty, "/shop/", "/till/", "/far/", "/", "/ring/");
    }

    @AfterAll
    void stop() {
        jetty.close();
    }

    @Test
    @Order(1)
    void filterModeAtKeycloak() throws Exception {
        assertTrue(jetty.log().contains("OIDC Filter 'oidc' is ready"));
        Visit.to(ports.plain("/shop/"), keycloak).passes();
    }

    @Test
    @Order(1)
    void containerModeAtKeycloak() throws Exception {
        assertTrue(jetty.log().contains("OIDC container security of '/till' is ready"));
        Visit.to(ports.plain("/till/"), keycloak).passes();
    }

    @Test
    @Order(1)
    @Tag("PB-11")
    void atTheRootOddPathsHideNothing() throws Exception {
        Visit.to(ports.plain("/"), keycloak).passesWithOddPaths();
    }

    @Test
    @Order(1)
    void httpsInFilterMode() throws Exception {
        Visit.to(ports.secure("/shop/"), keycloak, certificate.believers()).passesSecurely();
    }

    @Test
    @Order(1)
    void httpsInContainerMode() throws Exception {
        Visit.to(ports.secure("/till/"), keycloak, certificate.believers()).passesSecurely();
    }

    @Test
    @Order(1)
    @Tag("PB-25")
    void oddPathsHideNothingOverHttp2() throws Exception {
        for (String context : List.of("/shop/", "/till/", "/")) {
            Visit.to(ports.secure(context), keycloak, certificate.believers())
                    .passesWithOddPathsOverHttp2(certificate.believers());
        }
    }

    @Test
    @Order(1)
    @ExtendWith(ReverseProxy.Installed.class)
    void theExternalUrlIsEnoughBehindAProxy() throws Exception {
        try (ReverseProxy proxy = ReverseProxy.before(jetty)) {
            Visit.to(proxy.at("/shop/"), keycloak, certificate.believers()).isRefused();
            Visit.to(proxy.at("/far/"), keycloak, certificate.believers()).passesSecurely();
        }
    }

    @Test
    @Order(1)
    void withoutFragmentsTheListenerGuardsSockets() throws Exception {
        Visit visit = Visit.to(ports.plain("/ring/"), keycloak);
        assertEquals(401, visit.ring(""));
        visit.loginLeadsBackToThePageAskedFor();
        assertEquals(101, visit.ring(visit.cookies()));
    }

    @Test
    @Order(2)
    @ExtendWith(ReverseProxy.Installed.class)
    void theModuleIsEnoughBehindAProxy() throws Exception {
        jetty.stop();
        guide.believeTheProxy(jetty);
        guide.deployGuardedAtTheRoot(jetty);
        guide.start(jetty, "/shop/", "/till/", "/");
        try (ReverseProxy proxy = ReverseProxy.before(jetty)) {
            Visit.to(proxy.at("/shop/"), keycloak, certificate.believers()).passesSecurely();
            Visit.to(proxy.at("/till/"), keycloak, certificate.believers()).passesSecurely();
        }
    }

    @Test
    @Order(3)
    @Tag("PB-11")
    void guardedAtTheRootOddPathsHideNothing() throws Exception {
        Visit.to(ports.plain("/"), keycloak).passesWithOddPaths();
    }

    @Test
    @Order(4)
    @ExtendWith(ReverseProxy.Installed.class)
    void nothingInTheGuideIsUntried() {
        assertEquals(List.of(), guide.ignored());
    }
}
