// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Reason;

/** Group ID of docs/attacks.md: the token endpoint hands out an ID token that must not be believed. */
class IdTokenAttacksTest {
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
    @Tag("ID-03")
    void refusesATokenWhoseSignatureWasRemoved() throws Exception {
        attack.refusesLogin(
                Reason.TOKEN_SIGNATURE,
                () -> attack.application.provider.tokens(token -> token.substring(0, token.lastIndexOf('.') + 1)));
    }
}
