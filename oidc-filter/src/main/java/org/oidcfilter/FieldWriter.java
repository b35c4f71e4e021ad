// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes values one after the other: for each a number, a length and the value. Lengths and times take no more bytes than they
 * need (LEB128).
 */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    FieldWriter(byte generation) {
        out.write(generation);
    }

    void text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void token(int field, Secret token) {
        bytes(field, CompactToken.toBytes(token.reveal()));
    }

    void instant(int field, Instant value) {
        var times = new ByteArrayOutputStream(2 * Long.BYTES);
        number(value.getEpochSecond(), times);
        number(value.getNano(), times);
        bytes(field, times.toByteArray());
    }

    byte[] written() {
        return out.toByteArray();
    }

    /** Seven bits in each byte, the lowest first. */
    static void number(long value, ByteArrayOutputStream out) {
        var rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void bytes(int field, byte[] value) {
        out.write(field);
        number(value.length, out);
        out.writeBytes(value);
    }
}
