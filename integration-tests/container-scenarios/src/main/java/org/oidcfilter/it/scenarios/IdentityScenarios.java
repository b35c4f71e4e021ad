// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;

/** Beans that know only the standard: {@code SecurityContext} and {@code Principal}. Every login ends at the callback servlet. */
public interface IdentityScenarios extends ProtectedApplication {
    /** A page that needs a login. */
    String closed();

    /** What {@code SecurityContext} calls nobody. */
    String nobody();

    /** Whether {@code SecurityContext} asks for another login of whoever is logged in. */
    boolean asksAgain();

    @Override
    @BeforeEach
    default void register() {
        provider()
                .register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                        .redirectUri(at("Callback").toString()));
        provider().forgetRequests();
    }

    @Test
    default void beansKnowTheCaller() {
        Browser bob = new Browser();
        provider().loginAs("bob");
        bob.open(at(closed()));
        Page page = bob.visit(at("Identity"));
        assertEquals("bob", page.line("caller"));
        assertEquals("bob", page.line("principal"));
        assertNotEquals("0", page.line("principals"));
        assertEquals("true", page.line("user"));
        assertEquals("false", page.line("admin"));
    }

    @Test
    default void beansKnowThatThereIsNobody() {
        Page page = new Browser().visit(at("Identity"));
        assertEquals(nobody(), page.line("caller"));
        assertEquals("false", page.line("user"));
    }

    @Test
    default void beansAskForALogin() {
        Browser bob = new Browser();
        provider().loginAs("bob");
        assertEquals(at("Callback"), bob.open(at("Identity?authenticate")).uri());
        assertEquals("bob", bob.visit(at("Identity?authenticate")).line("caller"));
    }

    @Test
    default void beansAskForALoginOfSomebodyElse() {
        Browser browser = new Browser();
        provider().loginAs("bob");
        browser.open(at("Identity?authenticate"));
        provider().loginAs("alice");
        Page challenge = browser.visit(at("Identity?authenticate=new"));
        if (!asksAgain()) {
            assertEquals("bob", challenge.line("caller"));
            return;
        }
        assertLeadsTo("/authorize", challenge);
        assertEquals(nobody(), browser.visit(at("Identity")).line("caller"));
        browser.followAll(challenge);
        assertEquals("alice", browser.visit(at("Identity")).line("caller"));
    }
}
