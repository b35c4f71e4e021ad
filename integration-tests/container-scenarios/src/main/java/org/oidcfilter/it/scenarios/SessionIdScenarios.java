// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.it.scenarios.RawRequest.Answer;

/** What somebody can make of a session id in an address, where the container takes ids from there. */
public interface SessionIdScenarios extends ProtectedApplication {

    @Test
    @Tag("SE-02")
    default void aStolenSessionIdInAnAddressIsNobodys() {
        String id = id(loggedIn("alice"));
        Answer answer =
                RawRequest.get(at("whoami").getPath() + ";jsessionid=" + id).to(application());
        assertEquals(302, answer.status());
        assertTrue(answer.header("Location").startsWith(provider().issuer() + "/authorize?"), "nobody is logged in");
        Answer open = RawRequest.get(at("public/whoami").getPath() + ";jsessionid=" + id)
                .to(application());
        assertTrue(open.body().contains("principal: anonymous"), open.body());
    }

    @Test
    @Tag("SE-02")
    default void aPlantedSessionIdInAnAddressIsWorthlessAfterTheLogin() {
        Browser attacker = new Browser();
        attacker.visit(at("public/session?do=put&name=basket&value=planted"));
        String planted = id(attacker);
        provider().loginAs("alice");
        Browser victim = new Browser();
        Page page = victim.open(at("whoami;jsessionid=" + planted));
        assertEquals("alice", page.line("subject"));
        assertEquals(at("whoami"), page.uri(), "without the id");
        assertFalse(planted.equals(id(victim)));
        assertFalse(victim.visit(at("session")).body().contains("planted"));

        assertLoginNeeded(attacker);
        Answer byUrl = RawRequest.get(at("whoami").getPath() + ";jsessionid=" + planted)
                .to(application());
        assertEquals(302, byUrl.status());
    }

    private String id(Browser browser) {
        return browser.cookieHeader(at("whoami")).replaceAll(".*JSESSIONID=([^;]+).*", "$1");
    }
}
