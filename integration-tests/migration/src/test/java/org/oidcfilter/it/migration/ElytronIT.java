// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;

/** From WildFly's own OpenID Connect client, which {@code WEB-INF/oidc.json} configures. */
@ExtendWith({KeycloakExtension.class, WildFly.Extension.class})
class ElytronIT {
    @Test
    void elytronLosesTheQueryOfThePage(Keycloak keycloak, WildFly server) throws Exception {
        URI office = server.deploy(Office.of("elytron/before"), "elytron-before", keycloak);
        Visit.before(keycloak, office, "*").landingAt("profile").passes();
    }

    @Test
    void weLeadBackToThePageAsItWas(Keycloak keycloak, WildFly server) throws Exception {
        URI office = server.deploy(Office.of("elytron/after").withCdi(), "elytron-after", keycloak);
        Visit.after(keycloak, office, "oidc/callback", "oidc/logout/callback").passes();
    }
}
