// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What stands for a text that is too long, or too secret, to be a name: its SHA-256. */
public final class Fingerprint {
    private Fingerprint() {}

    /** The first {@code length} hexadecimal digits, at most 64. */
    public static String of(String text, int length) {
        return HexFormat.of().formatHex(sha256(text)).substring(0, length);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }
}
