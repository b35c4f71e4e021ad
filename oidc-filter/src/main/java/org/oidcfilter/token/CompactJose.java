// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.JsonObject;
import org.oidcfilter.protocol.Utf8;

/** The compact serializations of JOSE, read strictly: one spelling only for each message (RFC 7515 and 7516, section 7.1). */
final class CompactJose {
    static final int MAX_LENGTH = 64 * 1024;
    private static final int JWE_PARTS = 5;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private CompactJose() {}

    /** The parts between the dots, not decoded. */
    static List<String> parts(Secret raw) {
        if (raw.reveal().length() > MAX_LENGTH) {
            throw malformed("more than " + MAX_LENGTH + " characters");
        }
        return List.of(raw.reveal().split("\\.", -1));
    }

    static boolean isEncrypted(List<String> parts) {
        return parts.size() == JWE_PARTS;
    }

    /**
     * A part that is a JSON object.
     *
     * @param neverNull the members that must not be {@code null}
     */
    static JsonObject jsonObject(String part, String what, Predicate<String> neverNull) {
        try {
            return new JsonObject(Json.parse(Utf8.decode(decode(part, what)), neverNull));
        } catch (CharacterCodingException e) {
            throw malformed("the " + what + " is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw malformed("the " + what + " is " + e.getMessage());
        }
    }

    /** Strict base64url: one spelling per value, no padding, no line breaks (RFC 7515 section 2). */
    static byte[] decode(String part, String what) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            if (part.isEmpty() || endsAsItHasTo(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same answer.
        }
        throw malformed("the " + what + " is not base64url");
    }

    /** The JDK takes padding, and any bits where the last character has more than are needed. */
    private static boolean endsAsItHasTo(String part) {
        int last = ALPHABET.indexOf(part.charAt(part.length() - 1));
        int spareBits =
                switch (part.length() % 4) {
                    case 2 -> 0b1111;
                    case 3 -> 0b11;
                    default -> 0;
                };
        return last >= 0 && (last & spareBits) == 0;
    }

    static InvalidResponseException malformed(String what) {
        return new InvalidResponseException(Reason.TOKEN_MALFORMED, "malformed token: " + what);
    }
}
