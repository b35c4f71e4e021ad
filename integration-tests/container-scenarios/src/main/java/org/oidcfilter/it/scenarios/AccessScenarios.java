// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may see what. Expects {@code oidc.public-paths=/public/*} and {@code oidc.path-rules=/reports/* = admin}. */
public interface AccessScenarios extends ProtectedApplication {

    @Test
    @Tag("RC-16")
    default void enforcesTheRolesThatAServletDeclares() {
        assertEquals(200, loggedIn("alice").open(at("admin")).status());
        assertEquals(403, loggedIn("bob").open(at("admin")).status());
        assertLeadsTo("/authorize", new Browser().visit(at("admin")));
    }

    @Test
    default void enforcesTheRolesOfPathRules() {
        assertEquals(200, loggedIn("alice").open(at("reports/2026/may")).status());
        assertEquals(403, loggedIn("bob").open(at("reports/2026/may")).status());
        assertLeadsTo("/authorize", new Browser().visit(at("reports/2026/may")));
    }

    @Test
    @Tag("RC-16")
    default void opensWhatPermitsAll() {
        Page page = new Browser().visit(at("open"));

        assertEquals(200, page.status());
        assertEquals("anonymous", page.line("principal"));
    }

    @Test
    @Tag("RC-16")
    default void closesWhatDeniesAll() {
        assertEquals(403, loggedIn("alice").open(at("closed")).status());
        assertEquals(403, new Browser().visit(at("closed")).status());
    }

    @Test
    @Tag("RC-15")
    default void answersScriptThatLacksARoleWith403() {
        assertEquals(403, loggedIn("bob").fetch(at("whoami"), at("admin")).status());
    }
}
