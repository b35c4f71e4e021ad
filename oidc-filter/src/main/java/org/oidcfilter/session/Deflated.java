// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Makes what goes into cookies small. Only what we have sealed ourselves is ever inflated. */
final class Deflated {
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
        try (var inflating = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            var bytes = inflating.readNBytes(largest + 1);
            return bytes.length > largest ? Optional.empty() : Optional.of(bytes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
