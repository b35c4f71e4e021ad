// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/**
 * What the renewal of a session's tokens has come to on one node, as text for the others.
 *
 * @param kind the kind of outcome
 * @param session the session with its new tokens, where they were renewed
 */
public record RefreshOutcome(Kind kind, Optional<OidcSession> session) {
    /** The kinds of outcome. */
    public enum Kind {
        RENEWED,
        REFUSED,
        POSTPONED
    }

    /** As JSON; it holds tokens. */
    public String toJson() {
        var json = new HashMap<String, Object>(Map.of("k", kind.name()));
        session.ifPresent(renewed -> {
            json.put("n", renewed.identity().name());
            json.put("o", renewed.identity().roles().stream().sorted().toList());
            renewed.identity().sid().ifPresent(sid -> json.put("s", sid));
            putTokens(json, renewed.tokens());
        });
        return Json.write(json);
    }

    private static void putTokens(Map<String, Object> json, OidcSession.Tokens tokens) {
        json.put("i", tokens.idToken().reveal());
        tokens.userInfo().ifPresent(text -> json.put("u", text.reveal()));
        tokens.accessToken().ifPresent(text -> json.put("a", text.reveal()));
        tokens.refreshToken().ifPresent(text -> json.put("r", text.reveal()));
        var validity = tokens.validity();
        json.put("ie", validity.idTokenExpiresAt().toString());
        validity.accessTokenExpiresAt().ifPresent(time -> json.put("ae", time.toString()));
        validity.refreshAt().ifPresent(time -> json.put("ra", time.toString()));
        json.put("ir", validity.idTokenRenewable());
    }

    /**
     * Reads what another node has written.
     *
     * @param old the session whose tokens were renewed
     * @throws IllegalArgumentException if it is not that
     * @throws java.time.DateTimeException if it is not that
     */
    public static RefreshOutcome fromJson(String json, OidcSession old) {
        var members = new Members(Json.parse(json));
        var kind = Kind.valueOf(members.text("k"));
        return new RefreshOutcome(kind, kind == Kind.RENEWED ? Optional.of(renewed(members, old)) : Optional.empty());
    }

    private static OidcSession renewed(Members members, OidcSession old) {
        var identity = new OidcSession.Identity(
                old.identity().issuer(),
                old.identity().subject(),
                text(members, "s"),
                members.text("n"),
                Set.copyOf(members.texts("o")));
        var validity = new OidcSession.Validity(
                Instant.parse(members.text("ie")),
                text(members, "ae").map(Instant::parse),
                text(members, "ra").map(Instant::parse),
                members.flag("ir"));
        return old.refreshed(
                identity,
                new OidcSession.Tokens(
                        Secret.of(members.text("i")),
                        text(members, "u").map(Secret::of),
                        text(members, "a").map(Secret::of),
                        text(members, "r").map(Secret::of),
                        validity));
    }

    private static Optional<String> text(Members members, String name) {
        return members.json().containsKey(name) ? Optional.of(members.text(name)) : Optional.empty();
    }
}
