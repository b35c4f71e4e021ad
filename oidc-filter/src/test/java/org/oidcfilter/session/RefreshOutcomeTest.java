// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.session.RefreshOutcome.Kind;

class RefreshOutcomeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456789Z");
    private static final OidcSession OLD = session(
            "Alice", new OidcSession.Validity(NOW, Optional.empty(), Optional.empty(), false), Optional.empty());

    private static OidcSession session(String name, OidcSession.Validity validity, Optional<String> each) {
        var secret = each.map(Secret::of);
        return new OidcSession(
                new OidcSession.Identity("https://id.example", "alice", each, name, Set.of("user", name)),
                new OidcSession.Tokens(Secret.of("i" + name), secret, secret, secret, validity),
                new OidcSession.Authentication(Optional.of("mfa"), Optional.of(NOW)),
                new OidcSession.Times(NOW, NOW, NOW.plusSeconds(60)));
    }

    @Test
    void comesBackAsItWas() {
        var full = new OidcSession.Validity(
                NOW.plusSeconds(1), Optional.of(NOW.plusSeconds(2)), Optional.of(NOW.plusSeconds(3)), true);
        for (var renewed : List.of(session("Älice \"B\"", full, Optional.of("x\ny")), OLD)) {
            var json = new RefreshOutcome(Kind.RENEWED, Optional.of(renewed)).toJson();
            var back = RefreshOutcome.fromJson(json, OLD).session().orElseThrow();
            assertEquals(renewed.identity(), back.identity());
            assertEquals(renewed.tokens(), back.tokens());
            assertEquals(OLD.authentication(), back.authentication());
            assertEquals(OLD.times(), back.times());
        }
        for (var kind : List.of(Kind.REFUSED, Kind.POSTPONED)) {
            var outcome = new RefreshOutcome(kind, Optional.empty());
            assertEquals(outcome, RefreshOutcome.fromJson(outcome.toJson(), OLD));
        }
    }

    @Test
    void whatIsIncompleteIsNone() {
        for (var json : List.of("", "{}", "{\"k\":\"DONE\"}", "{\"k\":\"RENEWED\"}")) {
            assertThrows(IllegalArgumentException.class, () -> RefreshOutcome.fromJson(json, OLD), json);
        }
    }

    @Test
    void printsNoToken() {
        var outcome = new RefreshOutcome(Kind.RENEWED, Optional.of(OLD));
        assertTrue(outcome.toJson().contains("iAlice"));
        assertEquals("RefreshOutcome[kind=RENEWED, session=Optional[OidcSession]]", outcome.toString());
    }
}
