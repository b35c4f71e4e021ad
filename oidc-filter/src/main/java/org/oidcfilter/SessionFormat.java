// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oidcfilter.OidcSession.Authentication;
import org.oidcfilter.OidcSession.Identity;
import org.oidcfilter.OidcSession.Times;
import org.oidcfilter.OidcSession.Tokens;
import org.oidcfilter.OidcSession.Validity;

/**
 * A session as bytes: a generation, then fields, each a number, a length and a value. Fields that a reader does not know are
 * passed over, and later fields will be optional, so that nodes of different versions read each other's sessions.
 */
final class SessionFormat {
    /** Raised only by a change that readers of today must not understand. */
    private static final byte GENERATION = 4;

    private static final Map<Integer, Field> FIELDS =
            Stream.of(Field.values()).collect(Collectors.toMap(Field::number, field -> field));

    /** New ones get new numbers; none is ever given away again. */
    private enum Field {
        ISSUER(0),
        SUBJECT(1),
        SID(2),
        NAME(3),
        ROLE(4),
        ID_TOKEN(5),
        USER_INFO(6),
        ACCESS_TOKEN(7),
        REFRESH_TOKEN(8),
        ID_TOKEN_EXPIRES_AT(9),
        ACCESS_TOKEN_EXPIRES_AT(10),
        REFRESH_AT(11),
        ID_TOKEN_RENEWABLE(12),
        ACR(13),
        AUTHENTICATED_AT(14),
        LOGIN_STARTED_AT(15),
        LAST_USED_AT(16),
        ENDS_AT(17),
        FIRST_LOGIN_STARTED_AT(18);

        private final int number;

        Field(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    private SessionFormat() {}

    static byte[] write(OidcSession session) {
        var out = new Writer();
        var identity = session.identity();
        out.text(Field.ISSUER, identity.issuer());
        out.text(Field.SUBJECT, identity.subject());
        identity.sid().ifPresent(sid -> out.text(Field.SID, sid));
        out.text(Field.NAME, identity.name());
        identity.roles().forEach(role -> out.text(Field.ROLE, role));
        write(session.tokens(), out);
        session.authentication().acr().ifPresent(acr -> out.text(Field.ACR, acr));
        session.authentication().time().ifPresent(time -> out.instant(Field.AUTHENTICATED_AT, time));
        var times = session.times();
        if (!times.firstLoginStartedAt().equals(times.loginStartedAt())) {
            out.instant(Field.FIRST_LOGIN_STARTED_AT, times.firstLoginStartedAt());
        }
        out.instant(Field.LOGIN_STARTED_AT, times.loginStartedAt());
        out.instant(Field.LAST_USED_AT, times.lastUsedAt());
        out.instant(Field.ENDS_AT, times.endsAt());
        return out.bytes();
    }

    private static void write(Tokens tokens, Writer out) {
        out.text(Field.ID_TOKEN, tokens.idToken().reveal());
        tokens.userInfo().ifPresent(claims -> out.text(Field.USER_INFO, claims.reveal()));
        tokens.accessToken().ifPresent(token -> out.text(Field.ACCESS_TOKEN, token.reveal()));
        tokens.refreshToken().ifPresent(token -> out.text(Field.REFRESH_TOKEN, token.reveal()));
        var validity = tokens.validity();
        out.instant(Field.ID_TOKEN_EXPIRES_AT, validity.idTokenExpiresAt());
        validity.accessTokenExpiresAt().ifPresent(at -> out.instant(Field.ACCESS_TOKEN_EXPIRES_AT, at));
        validity.refreshAt().ifPresent(at -> out.instant(Field.REFRESH_AT, at));
        if (validity.idTokenRenewable()) {
            out.text(Field.ID_TOKEN_RENEWABLE, "");
        }
    }

    /** Empty for the bytes of another generation, and for such as we have never written. */
    static Optional<OidcSession> read(byte[] bytes) {
        try {
            return bytes.length == 0 || bytes[0] != GENERATION
                    ? Optional.empty()
                    : Optional.of(session(Reader.of(bytes)));
        } catch (BufferUnderflowException
                | NegativeArraySizeException
                | NoSuchElementException
                | ArithmeticException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static OidcSession session(Reader in) {
        return new OidcSession(
                new Identity(
                        in.required(Field.ISSUER),
                        in.required(Field.SUBJECT),
                        in.text(Field.SID),
                        in.required(Field.NAME),
                        Set.copyOf(in.texts(Field.ROLE))),
                new Tokens(
                        Secret.of(in.required(Field.ID_TOKEN)),
                        in.text(Field.USER_INFO).map(Secret::of),
                        in.text(Field.ACCESS_TOKEN).map(Secret::of),
                        in.text(Field.REFRESH_TOKEN).map(Secret::of),
                        new Validity(
                                in.requiredInstant(Field.ID_TOKEN_EXPIRES_AT),
                                in.instant(Field.ACCESS_TOKEN_EXPIRES_AT),
                                in.instant(Field.REFRESH_AT),
                                in.text(Field.ID_TOKEN_RENEWABLE).isPresent())),
                new Authentication(in.text(Field.ACR), in.instant(Field.AUTHENTICATED_AT)),
                new Times(
                        in.requiredInstant(Field.LOGIN_STARTED_AT),
                        in.requiredInstant(Field.LAST_USED_AT),
                        in.requiredInstant(Field.ENDS_AT),
                        in.instant(Field.FIRST_LOGIN_STARTED_AT)
                                .orElseGet(() -> in.requiredInstant(Field.LOGIN_STARTED_AT))));
    }

    private static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Writer() {
            bytes.write(GENERATION);
        }

        void text(Field field, String value) {
            put(field, value.getBytes(StandardCharsets.UTF_8));
        }

        void instant(Field field, Instant value) {
            put(
                    field,
                    ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                            .putLong(value.getEpochSecond())
                            .putInt(value.getNano())
                            .array());
        }

        private void put(Field field, byte[] value) {
            try {
                out.writeByte(field.number());
                out.writeInt(value.length);
                out.write(value);
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory does not fail", e);
            }
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    private static final class Reader {
        private final Map<Field, List<byte[]>> values;

        private Reader(Map<Field, List<byte[]>> values) {
            this.values = values;
        }

        static Reader of(byte[] bytes) {
            var values = new EnumMap<Field, List<byte[]>>(Field.class);
            var in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
            while (in.hasRemaining()) {
                var field = FIELDS.get(Byte.toUnsignedInt(in.get()));
                var value = value(in);
                if (field != null) {
                    values.computeIfAbsent(field, first -> new ArrayList<>()).add(value);
                }
            }
            return new Reader(values);
        }

        private static byte[] value(ByteBuffer in) {
            var length = in.getInt();
            if (length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            var value = new byte[length];
            in.get(value);
            return value;
        }

        List<String> texts(Field field) {
            return values.getOrDefault(field, List.of()).stream()
                    .map(value -> new String(value, StandardCharsets.UTF_8))
                    .distinct()
                    .toList();
        }

        Optional<String> text(Field field) {
            return texts(field).stream().findFirst();
        }

        String required(Field field) {
            return text(field).orElseThrow();
        }

        Optional<Instant> instant(Field field) {
            return values.getOrDefault(field, List.of()).stream().findFirst().map(value -> {
                var in = ByteBuffer.wrap(value);
                return Instant.ofEpochSecond(in.getLong(), in.getInt());
            });
        }

        Instant requiredInstant(Field field) {
            return instant(field).orElseThrow();
        }
    }
}
