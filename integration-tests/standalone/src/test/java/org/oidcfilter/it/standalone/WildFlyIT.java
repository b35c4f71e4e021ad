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

/** docs/guides/wildfly.md on a WildFly, all of it. */
@ExtendWith({KeycloakExtension.class, Certificate.Tool.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WildFlyIT {
    private final Keycloak keycloak;
    private final Substitutions ports;
    private final Installation server;
    private final WildFlyGuide guide;
    private final Certificate certificate;

    WildFlyIT(Keycloak keycloak) throws Exception {
        this.keycloak = keycloak;
        guide = new WildFlyGuide();
        ports = Substitutions.at(keycloak);
        server = guide.install(ports);
        certificate = Certificate.in(server.desk());
    }

    @BeforeAll
    void followTheGuide() throws Exception {
        guide.startWithFilter(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void filterModeAtKeycloak() throws Exception {
        assertTrue(server.log().contains("OIDC Filter 'oidc' is ready"));
        Visit visit = Visit.to(ports.plain("/shop/"), keycloak);
        visit.passes();
        visit.loginLeadsBackToThePageAskedFor();
        assertTrue(visit.sessionCookieIsLax());
    }

    @Test
    @Order(2)
    void containerModeAtKeycloak() throws Exception {
        guide.deployGuarded(server);
        assertTrue(server.log().contains("OIDC container security of '/till' is ready"));
        Visit.to(ports.plain("/till/"), keycloak).passes();
    }

    @Test
    @Order(3)
    @Tag("PB-11")
    void atTheRootOddPathsHideNothing() throws Exception {
        guide.deployAtTheRoot(server);
        Visit.to(ports.plain("/"), keycloak).passesWithOddPaths();
    }

    @Test
    @Order(4)
    void httpsInBothModes() throws Exception {
        guide.listenWithTls(server);
        for (String context : List.of("/shop/", "/till/")) {
            Visit.to(ports.secure(context), keycloak, certificate.believers()).passesSecurely();
        }
    }

    @Test
    @Order(5)
    @Tag("PB-25")
    void oddPathsHideNothingOverHttp2() throws Exception {
        for (String context : List.of("/shop/", "/till/", "/")) {
            Visit.to(ports.secure(context), keycloak, certificate.believers())
                    .passesWithOddPathsOverHttp2(certificate.believers());
        }
    }

    @Test
    @Order(6)
    @ExtendWith(ReverseProxy.Installed.class)
    void theExternalUrlIsEnoughBehindAProxy() throws Exception {
        guide.deployWithExternalUrl(server);
        try (ReverseProxy proxy = ReverseProxy.before(server)) {
            Visit.to(proxy.at("/shop/"), keycloak, certificate.believers()).isRefused();
            Visit.to(proxy.at("/far/"), keycloak, certificate.believers()).passesSecurely();
        }
    }

    @Test
    @Order(7)
    @ExtendWith(ReverseProxy.Installed.class)
    void theListenersSwitchIsEnoughBehindAProxy() throws Exception {
        guide.believeTheProxy(server);
        try (ReverseProxy proxy = ReverseProxy.before(server)) {
            Visit.to(proxy.at("/shop/"), keycloak, certificate.believers()).passesSecurely();
            Visit.to(proxy.at("/till/"), keycloak, certificate.believers()).passesSecurely();
        }
    }

    @Test
    @Order(8)
    @Tag("PB-11")
    void guardedAtTheRootOddPathsHideNothing() throws Exception {
        guide.deployGuardedAtTheRoot(server);
        Visit.to(ports.plain("/"), keycloak).passesWithOddPaths();
    }

    /** Not even when it was told to start anew with everything deployed; a path without a slash is its own affair. */
    @Test
    @Order(9)
    void theServerComplainsOfNothing() throws Exception {
        assertEquals(
                List.of(),
                server.log()
                        .lines()
                        .filter(line -> line.contains(" ERROR ") && !line.contains("UT000068"))
                        .toList());
    }

    @Test
    @Order(10)
    @ExtendWith(ReverseProxy.Installed.class)
    void nothingInTheGuideIsUntried() {
        assertEquals(List.of(), guide.ignored());
    }
}
