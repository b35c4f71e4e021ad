// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;

/** From the filter of Keycloak's adapter. */
@ExtendWith(KeycloakExtension.class)
class KeycloakFilterIT {
    @Test
    void keycloaksFilterLeavesRolesToTheApplication(Keycloak keycloak) throws Exception {
        try (EmbeddedTomcat server =
                EmbeddedTomcat.with(Office.built("keycloak-filter"), "keycloak-filter-before", keycloak)) {
            Visit.before(keycloak, server.office(), "*", "goodbye.html").passes();
        }
    }

    @Test
    void weDecideAboutRolesByPath(Keycloak keycloak) throws Exception {
        Office office = Office.of("keycloak-filter/after").withFilter();
        try (EmbeddedTomcat server = EmbeddedTomcat.with(office, "keycloak-filter-after", keycloak)) {
            Visit.after(keycloak, server.office(), "oidc/callback", "oidc/logout/callback")
                    .passes();
        }
    }
}
