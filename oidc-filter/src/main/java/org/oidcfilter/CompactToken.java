// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A token in fewer bytes. Of the compact form of JOSE (RFC 7515 3.1) each part is written as the bytes that its base64url
 * stands for: a quarter less, and the claims can be compressed. Any other token is written as it is.
 */
final class CompactToken {
    private static final byte AS_IT_IS = 0;
    private static final byte IN_PARTS = 1;

    private CompactToken() {}

    static byte[] toBytes(String token) {
        return inParts(token).orElseGet(() -> asItIs(token));
    }

    /** @throws NoSuchElementException if a later version has written it in yet another way */
    static String fromBytes(ByteBuffer bytes) {
        return switch (bytes.get()) {
            case AS_IT_IS -> StandardCharsets.UTF_8.decode(bytes).toString();
            case IN_PARTS -> joined(bytes);
            default -> throw new NoSuchElementException("a form of tokens that this version does not know");
        };
    }

    private static byte[] asItIs(String token) {
        var text = token.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + 1).put(AS_IT_IS).put(text).array();
    }

    /** Empty if the parts could not be put together again to the very same token. */
    private static Optional<byte[]> inParts(String token) {
        var out = new ByteArrayOutputStream(token.length());
        out.write(IN_PARTS);
        try {
            for (var part : token.split("\\.", -1)) {
                var decoded = Base64.getUrlDecoder().decode(part);
                FieldWriter.number(decoded.length, out);
                out.writeBytes(decoded);
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var bytes = out.toByteArray();
        return fromBytes(ByteBuffer.wrap(bytes)).equals(token) ? Optional.of(bytes) : Optional.empty();
    }

    private static String joined(ByteBuffer bytes) {
        var parts = new ArrayList<String>(5);
        while (bytes.hasRemaining()) {
            var part = FieldReader.part(bytes);
            parts.add(StandardCharsets.ISO_8859_1
                    .decode(Base64.getUrlEncoder().withoutPadding().encode(part))
                    .toString());
        }
        return String.join(".", parts);
    }
}
