// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.OidcSession.Authentication;
import org.oidcfilter.OidcSession.Grant;
import org.oidcfilter.OidcSession.Identity;
import org.oidcfilter.OidcSession.Times;
import org.oidcfilter.OidcSession.Tokens;
import org.oidcfilter.OidcSession.Validity;

/**
 * A session as bytes: a generation, then fields, each a number, a length and a value. Fields that a reader does not know are
 * passed over, and later fields will be optional, so that nodes of different versions read each other's sessions.
 */
final class SessionFormat {
    /** Raised only by a change that readers of today must not understand, such as another way to write a field that they know. */
    private static final byte GENERATION = 5;

    // New fields get new numbers; none is ever given away again.
    private static final int ISSUER = 0;
    private static final int SUBJECT = 1;
    private static final int SID = 2;
    private static final int NAME = 3;
    private static final int ROLE = 4;
    private static final int ID_TOKEN = 5;
    private static final int USER_INFO = 6;
    private static final int ACCESS_TOKEN = 7;
    private static final int REFRESH_TOKEN = 8;
    private static final int ID_TOKEN_EXPIRES_AT = 9;
    private static final int ACCESS_TOKEN_EXPIRES_AT = 10;
    private static final int REFRESH_AT = 11;
    private static final int ID_TOKEN_RENEWABLE = 12;
    private static final int ACR = 13;
    private static final int AUTHENTICATED_AT = 14;
    private static final int LOGIN_STARTED_AT = 15;
    private static final int LAST_USED_AT = 16;
    private static final int ENDS_AT = 17;
    private static final int FIRST_LOGIN_STARTED_AT = 18;
    private static final int SCOPE = 19;
    private static final int ACCESS_TOKEN_RECEIVED_AT = 20;
    private static final int CAME_FOR = 21;

    private SessionFormat() {}

    static byte[] write(OidcSession session) {
        var out = new FieldWriter(GENERATION);
        write(session.identity(), out);
        write(session.tokens(), out);
        session.authentication().acr().ifPresent(acr -> out.text(ACR, acr));
        session.authentication().time().ifPresent(time -> out.instant(AUTHENTICATED_AT, time));
        session.authentication().cameFor().ifPresent(page -> out.text(CAME_FOR, page));
        var times = session.times();
        if (!times.firstLoginStartedAt().equals(times.loginStartedAt())) {
            out.instant(FIRST_LOGIN_STARTED_AT, times.firstLoginStartedAt());
        }
        out.instant(LOGIN_STARTED_AT, times.loginStartedAt());
        out.instant(LAST_USED_AT, times.lastUsedAt());
        out.instant(ENDS_AT, times.endsAt());
        return out.written();
    }

    private static void write(Identity identity, FieldWriter out) {
        out.text(ISSUER, identity.issuer());
        out.text(SUBJECT, identity.subject());
        identity.sid().ifPresent(sid -> out.text(SID, sid));
        out.text(NAME, identity.name());
        identity.roles().forEach(role -> out.text(ROLE, role));
    }

    private static void write(Tokens tokens, FieldWriter out) {
        out.token(ID_TOKEN, tokens.idToken());
        tokens.userInfo().ifPresent(claims -> out.text(USER_INFO, claims.reveal()));
        tokens.accessToken().ifPresent(token -> out.token(ACCESS_TOKEN, token));
        tokens.refreshToken().ifPresent(token -> out.token(REFRESH_TOKEN, token));
        tokens.grant().scope().ifPresent(scope -> out.text(SCOPE, scope));
        tokens.grant().receivedAt().ifPresent(at -> out.instant(ACCESS_TOKEN_RECEIVED_AT, at));
        var validity = tokens.validity();
        out.instant(ID_TOKEN_EXPIRES_AT, validity.idTokenExpiresAt());
        validity.accessTokenExpiresAt().ifPresent(at -> out.instant(ACCESS_TOKEN_EXPIRES_AT, at));
        validity.refreshAt().ifPresent(at -> out.instant(REFRESH_AT, at));
        if (validity.idTokenRenewable()) {
            out.text(ID_TOKEN_RENEWABLE, "");
        }
    }

    /** Empty for the bytes of another generation, and for such as we have never written. */
    static Optional<OidcSession> read(byte[] bytes) {
        try {
            return bytes.length == 0 || bytes[0] != GENERATION
                    ? Optional.empty()
                    : Optional.of(Draft.of(new FieldReader(bytes)).session());
        } catch (BufferUnderflowException | NoSuchElementException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A session while it is read. */
    private static final class Draft {
        private final Map<Integer, String> texts = new HashMap<>();
        private final Map<Integer, Secret> tokens = new HashMap<>();
        private final Map<Integer, Instant> instants = new HashMap<>();
        private final Set<String> roles = new HashSet<>();

        static Draft of(FieldReader in) {
            var draft = new Draft();
            while (in.hasNext()) {
                draft.take(in.next(), in);
            }
            return draft;
        }

        private void take(int field, FieldReader in) {
            switch (field) {
                case ROLE -> roles.add(in.text());
                case ISSUER, SUBJECT, SID, NAME, USER_INFO, ID_TOKEN_RENEWABLE, ACR, SCOPE, CAME_FOR ->
                    texts.put(field, in.text());
                case ID_TOKEN, ACCESS_TOKEN, REFRESH_TOKEN -> tokens.put(field, in.token());
                case ID_TOKEN_EXPIRES_AT,
                        ACCESS_TOKEN_EXPIRES_AT,
                        REFRESH_AT,
                        AUTHENTICATED_AT,
                        LOGIN_STARTED_AT,
                        LAST_USED_AT,
                        ENDS_AT,
                        FIRST_LOGIN_STARTED_AT,
                        ACCESS_TOKEN_RECEIVED_AT -> instants.put(field, in.instant());
                default -> {
                    // of a later version
                }
            }
        }

        OidcSession session() {
            var started = required(instants, LOGIN_STARTED_AT);
            return new OidcSession(
                    new Identity(
                            required(texts, ISSUER),
                            required(texts, SUBJECT),
                            optional(texts, SID),
                            required(texts, NAME),
                            roles),
                    tokens(),
                    new Authentication(
                            optional(texts, ACR), optional(instants, AUTHENTICATED_AT), optional(texts, CAME_FOR)),
                    new Times(
                            started,
                            required(instants, LAST_USED_AT),
                            required(instants, ENDS_AT),
                            optional(instants, FIRST_LOGIN_STARTED_AT).orElse(started)));
        }

        private Tokens tokens() {
            return new Tokens(
                    required(tokens, ID_TOKEN),
                    optional(texts, USER_INFO).map(Secret::of),
                    optional(tokens, ACCESS_TOKEN),
                    optional(tokens, REFRESH_TOKEN),
                    new Validity(
                            required(instants, ID_TOKEN_EXPIRES_AT),
                            optional(instants, ACCESS_TOKEN_EXPIRES_AT),
                            optional(instants, REFRESH_AT),
                            texts.containsKey(ID_TOKEN_RENEWABLE)),
                    new Grant(optional(texts, SCOPE), optional(instants, ACCESS_TOKEN_RECEIVED_AT)));
        }

        private static <T> Optional<T> optional(Map<Integer, T> values, int field) {
            return Optional.ofNullable(values.get(field));
        }

        private static <T> T required(Map<Integer, T> values, int field) {
            return optional(values, field).orElseThrow();
        }
    }
}
