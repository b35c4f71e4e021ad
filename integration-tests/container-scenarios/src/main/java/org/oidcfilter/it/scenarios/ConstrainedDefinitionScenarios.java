// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What {@link DefinitionScenarios} has besides where the container decides. */
public interface ConstrainedDefinitionScenarios extends DefinitionScenarios {
    @Test
    default void constraintsNameGroupsOfTheIdentityStore() {
        Browser bob = new Browser();
        provider().loginAs("bob");
        bob.open(at("Counter"));
        assertEquals("true", bob.visit(at("Counter")).line("user"));
        Browser alice = new Browser();
        provider().loginAs("alice");
        alice.open(at("Secured"));
        assertEquals(403, alice.visit(at("Counter")).status());
    }
}
