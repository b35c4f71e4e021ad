// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;

/** From Spring Security's {@code oauth2Login}. */
@ExtendWith(KeycloakExtension.class)
class SpringSecurityIT {
    @Test
    void springSecurityAppendsToTheAddress(Keycloak keycloak) throws Exception {
        try (EmbeddedTomcat server =
                EmbeddedTomcat.with(Office.built("spring-security"), "spring-security-before", keycloak)) {
            Visit.before(keycloak, server.office(), "login/oauth2/code/acme", "goodbye.html")
                    .landingAt("profile\\?from=here&continue")
                    .passes();
        }
    }

    @Test
    void weLeadBackToThePageAsItWas(Keycloak keycloak) throws Exception {
        Office office = Office.of("spring-security/after").withFilter();
        try (EmbeddedTomcat server = EmbeddedTomcat.with(office, "spring-security-after", keycloak)) {
            Visit.after(keycloak, server.office(), "oidc/callback", "oidc/logout/callback")
                    .passes();
        }
    }
}
