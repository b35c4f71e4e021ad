// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/** Makes what goes into cookies small. Only what we have sealed ourselves is ever inflated. */
final class Deflated {
    /** A first guess. */
    private static final int USUALLY_AT_MOST = 2;

    private Deflated() {}

    static byte[] bytes(byte[] plain) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        var bytes = new ByteArrayOutputStream(plain.length);
        try (var deflating = new DeflaterOutputStream(bytes, deflater)) {
            deflating.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** Empty for what is not deflated, or larger than {@code largest} bytes. */
    static Optional<byte[]> inflate(byte[] deflated, int largest) {
        var inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            return inflated(inflater, new byte[USUALLY_AT_MOST * deflated.length], largest);
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private static Optional<byte[]> inflated(Inflater inflater, byte[] room, int largest) throws DataFormatException {
        var bytes = room;
        var length = inflater.inflate(bytes);
        while (length > 0 && length == bytes.length && length <= largest) {
            bytes = Arrays.copyOf(bytes, 2 * length);
            length += inflater.inflate(bytes, length, length);
        }
        return inflater.finished() && length <= largest ? Optional.of(Arrays.copyOf(bytes, length)) : Optional.empty();
    }
}
