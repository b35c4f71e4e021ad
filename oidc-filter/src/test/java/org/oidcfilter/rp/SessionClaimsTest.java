// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionClaimsTest {
    @Test
    void userInfoAddsClaims() {
        var claims = SessionClaims.of(Map.of("sub", "1"), Map.of("sub", "1", "name", "Alice"));
        assertEquals(Optional.of("Alice"), claims.string("name"));
    }

    @Test
    void userInfoNeverChangesWhatTheIdTokenSays() {
        var claims = SessionClaims.of(Map.of("sub", "1", "groups", List.of("a")), Map.of("groups", List.of("admin")));
        assertEquals(List.of("a"), claims.strings("groups"));
    }

    @Test
    void userInfoNeverAddsAClaimAboutTheAuthentication() {
        for (var name : List.of("iss", "aud", "exp", "nonce", "sid", "acr", "amr", "auth_time", "azp")) {
            var claims = SessionClaims.of(Map.of("sub", "1"), Map.of(name, "forged"));
            assertFalse(claims.asMap().containsKey(name), name);
        }
    }

    @Test
    void anAddressIsVerifiedOnlyByTheDocumentThatNamesIt() {
        var named = Map.<String, Object>of("email", "a@b.test");
        var verified = Map.<String, Object>of("email", "a@b.test", "email_verified", true);
        var other = Map.<String, Object>of("email", "victim@b.test", "email_verified", true);
        var verdict = Map.<String, Object>of("email_verified", true);
        var refuted = Map.<String, Object>of("email", "a@b.test", "email_verified", false);
        assertEquals(named, SessionClaims.of(named, verdict).asMap());
        assertEquals(named, SessionClaims.of(named, other).asMap());
        assertEquals(named, SessionClaims.of(verdict, named).asMap());
        assertEquals(refuted, SessionClaims.of(verdict, refuted).asMap());
        assertEquals(verified, SessionClaims.of(named, verified).asMap());
        assertEquals(verified, SessionClaims.of(verified, refuted).asMap());
        assertEquals(verified, SessionClaims.of(Map.of(), verified).asMap());
        assertEquals(verdict, SessionClaims.of(verdict, Map.of()).asMap());
    }

    @Test
    void readsEachKindAndNoOther() {
        var claims = SessionClaims.of(
                Map.of("text", "x", "number", 5L, "flag", true, "list", List.of("a", 1L, "b"), "object", Map.of()),
                Map.of());
        assertEquals(Optional.of("x"), claims.string("text"));
        assertEquals(Optional.empty(), claims.string("number"));
        assertEquals(Optional.of(5L), claims.number("number"));
        assertEquals(Optional.of(true), claims.bool("flag"));
        assertEquals(List.of("a", "b"), claims.strings("list"));
        assertEquals(List.of("x"), claims.strings("text"));
        assertEquals(List.of(), claims.strings("object"));
        assertEquals(List.of(), claims.strings("absent"));
    }

    @Test
    void dotsInANameHaveNoMeaning() {
        var claims = SessionClaims.of(Map.of("a", Map.of("b", "nested"), "https://ns.example/x", "y"), Map.of());
        assertEquals(Optional.empty(), claims.string("a.b"));
        assertEquals(Optional.of("y"), claims.string("https://ns.example/x"));
    }

    @Test
    void membersThatAreNullAreAbsentAndTheMapCannotBeChanged() {
        var idToken = new HashMap<String, Object>();
        idToken.put("sub", "1");
        idToken.put("gone", null);
        var claims = SessionClaims.of(idToken, Map.of());
        assertEquals(Map.of("sub", "1"), claims.asMap());
        assertThrows(UnsupportedOperationException.class, () -> claims.asMap().put("sub", "2"));
    }

    @Test
    void printsNothingOfTheCaller() {
        assertEquals(
                "Claims",
                SessionClaims.of(Map.of("email", "alice@example.test"), Map.of())
                        .toString());
    }
}
