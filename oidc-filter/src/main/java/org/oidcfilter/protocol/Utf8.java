// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 that is refused, not repaired, when it is wrong: a repaired name may equal another one. */
public final class Utf8 {
    /** What Java puts where bytes are wrong, but which may also be meant. */
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * The text that {@code bytes} encode.
     *
     * @throws CharacterCodingException if they are not well-formed UTF-8
     */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictly(bytes);
    }

    private static String strictly(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
