// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;

/** From pac4j's filters for Jakarta EE. */
@ExtendWith(KeycloakExtension.class)
class Pac4jIT {
    @Test
    void pac4jNeedsThreeKindsOfFilters(Keycloak keycloak) throws Exception {
        try (EmbeddedTomcat server = EmbeddedTomcat.with(Office.built("pac4j"), "pac4j-before", keycloak)) {
            Visit.before(keycloak, server.office(), "callback?client_name=oidc", "goodbye.html")
                    .passes();
        }
    }

    @Test
    void weNeedOne(Keycloak keycloak) throws Exception {
        Office office = Office.of("pac4j/after").withFilter();
        try (EmbeddedTomcat server = EmbeddedTomcat.with(office, "pac4j-after", keycloak)) {
            Visit.after(keycloak, server.office(), "oidc/callback", "oidc/logout/callback")
                    .passes();
        }
    }
}
