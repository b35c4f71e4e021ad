// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads what a {@link FieldWriter} has written, value by value. Other bytes end in an exception of {@link ByteBuffer} or
 * {@link Instant}.
 */
final class FieldReader {
    private final ByteBuffer rest;
    private ByteBuffer value = ByteBuffer.allocate(0);

    FieldReader(byte[] bytes) {
        rest = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    }

    boolean hasNext() {
        return rest.hasRemaining();
    }

    /** Goes on to the next value and tells its number. */
    int next() {
        var field = Byte.toUnsignedInt(rest.get());
        value = part(rest);
        return field;
    }

    /** The value, which can be read once, as all others. */
    String text() {
        return StandardCharsets.UTF_8.decode(value).toString();
    }

    Secret token() {
        return Secret.of(CompactToken.fromBytes(value));
    }

    /** @throws DateTimeException for a time beyond all calendars */
    Instant instant() {
        return Instant.ofEpochSecond(number(value), number(value));
    }

    /** A length, and as many bytes. */
    static ByteBuffer part(ByteBuffer in) {
        var length = number(in);
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var part = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return part;
    }

    private static long number(ByteBuffer in) {
        var number = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var next = in.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new BufferUnderflowException();
    }
}
