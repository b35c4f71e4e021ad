// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** Roles that a class of the application gives. */
public interface RoleScenarios extends ProtectedApplication {

    /** The web application, and what only its own code can say. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("roles")
                .filter()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of(
                        "oidc.role-mapper", "org.oidcfilter.it.webapp.Clerks",
                        "oidc.path-rules", "/clerks/* = clerk; /nobody/* = nobody"))
                .archive();
    }

    /** The web application in a container that enforces constraints. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return TestWar.named("roles-container")
                .constrained()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.role-mapper", "org.oidcfilter.it.webapp.Clerks"))
                .archive();
    }

    @Test
    default void asksTheClassOfTheApplication() {
        Browser bob = loggedIn("bob");
        List<String> roles = List.of(bob.open(at("whoami")).line("roles").split(",", -1));

        assertTrue(roles.containsAll(List.of("clerk", "user", "with-the-classes-of-the-application")), roles::toString);
        assertEquals(200, bob.open(at("clerks/desk")).status());
        assertEquals(403, bob.open(at("nobody/desk")).status());
        assertEquals(403, bob.open(at("admin")).status());
    }
}
