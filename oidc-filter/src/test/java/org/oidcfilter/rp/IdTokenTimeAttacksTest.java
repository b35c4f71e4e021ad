// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.oidcfilter.rp.IdTokenAttack.claim;
import static org.oidcfilter.rp.IdTokenAttack.written;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.oidcfilter.Reason;

/** Group ID of docs/attacks.md: an ID token, signed by the provider, of another time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdTokenTimeAttacksTest {
    private static final int SKEW = 30;
    private static final int MAX_AGE = 600;

    private final IdTokenAttack attack = IdTokenAttack.with(Map.of("oidc.clock-skew", SKEW + "s"));

    @AfterAll
    void stop() {
        attack.close();
    }

    @Test
    @Tag("ID-27")
    void refusesATokenThatIsOver() throws Exception {
        for (var exp : List.of(attack.now(-3600), attack.now(-SKEW - 1), attack.now(-SKEW), 0L, -1L)) {
            attack.refusesClaim(Reason.TOKEN_EXPIRED, "exp", exp);
        }
        attack.refusesWithout(Reason.TOKEN_EXPIRED, "exp");
        attack.believes((header, claims) -> claims.put("exp", attack.now(-SKEW + 1)));
    }

    @Test
    @Tag("ID-28")
    void refusesAnExpiryThatIsNoNumber() throws Exception {
        for (var exp : List.of("\"9999999999\"", "true", "[9999999999]", "{}")) {
            attack.refusesText(Reason.TOKEN_EXPIRED, claim("exp", exp));
        }
        attack.refusesText(Reason.TOKEN_MALFORMED, claim("exp", "null"));
        attack.believesToken(written(IdTokenAttack.HEADER, claim("exp", attack.now(60) + ".7")));
    }

    @Test
    @Tag("ID-28")
    void refusesAnExpiryThatNobodyLivesToSee() throws Exception {
        for (var exp : List.of("253402300800", "1e30", attack.now(60) + "000", "-1e30")) {
            attack.refusesText(Reason.TOKEN_EXPIRED, claim("exp", exp));
        }
        attack.believesToken(written(IdTokenAttack.HEADER, claim("exp", "253402300799")));
    }

    @Test
    @Tag("ID-29")
    void refusesATokenThatIsNotValidYet() throws Exception {
        attack.refusesClaim(Reason.TOKEN_NOT_BEFORE, "nbf", attack.now(3600));
        attack.refusesClaim(Reason.TOKEN_NOT_BEFORE, "nbf", attack.now(SKEW + 1));
        attack.refusesClaim(Reason.TOKEN_NOT_BEFORE, "nbf", "0");
        attack.believes((header, claims) -> claims.put("nbf", attack.now(SKEW)));
    }

    @Test
    @Tag("ID-30")
    void refusesATokenThatWasNotIssuedForThisLogin() throws Exception {
        attack.refusesWithout(Reason.TOKEN_ISSUED_AT, "iat");
        var week = 7 * 24 * 3600;
        for (var age : List.of(SKEW + 1, 3600, -week, -MAX_AGE - SKEW - 1)) {
            attack.refusesClaim(Reason.TOKEN_ISSUED_AT, "iat", attack.now(age));
        }
        attack.believes((header, claims) -> claims.put("iat", attack.now(SKEW)));
    }
}
