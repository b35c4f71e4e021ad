// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Reason;

/** Group AR of docs/attacks.md: a response that reaches the callback is not the one it should be. */
class AuthorizationResponseAttacksTest {
    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    @Test
    @Tag("AR-01")
    void refusesAResponseWithoutStateBeforeAnyCall() throws Exception {
        var honest = attack.callback();
        attack.refusesAndKeepsLogin(Reason.STATE_MISSING, PlainRequest.get("/oidc/callback?code=good"));
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }

    @Test
    @Tag("AR-02")
    void refusesAnUnknownStateAndLeavesThePendingLoginAlone() throws Exception {
        var honest = attack.callback();
        attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, PlainRequest.get("/oidc/callback?code=good&state=AAAA"));
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }
}
