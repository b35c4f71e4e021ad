// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;

/** From the server's own implementation of Jakarta Security (Soteria) by nothing but libraries. */
@ExtendWith({KeycloakExtension.class, WildFly.Extension.class})
class JakartaSecurityIT {
    @Test
    void soteriaShowsTheCodeAndSignsNobodyOut(Keycloak keycloak, WildFly server) throws Exception {
        URI office = server.deploy(office(), "openid-before", keycloak);
        Visit.before(keycloak, office, "callback", "goodbye.html")
                .landingAt("profile\\?state=.*&code=.*")
                .passesExceptThatNobodyGetsOut();
    }

    @Test
    void theSameApplicationSignsOutWithUs(Keycloak keycloak, WildFly server) throws Exception {
        URI office = server.deploy(office().withCdi(), "openid-after", keycloak);
        Visit.after(keycloak, office, "callback", "goodbye.html").passes();
    }

    private static Office office() {
        return Office.of("jakarta-security").with("org.oidcfilter.it.office.openid");
    }
}
