// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.JsonObject;
import org.oidcfilter.protocol.Printable;
import org.oidcfilter.protocol.Utf8;

/**
 * A signed JWT that is well-formed and whose header is acceptable. Its signature has <em>not</em> been verified.
 *
 * @param raw the compact serialization
 * @param algorithm the {@code alg}
 * @param kid the {@code kid}, if there is one
 * @param claims what it claims
 */
record SignedJwt(Secret raw, SignatureAlgorithm algorithm, Optional<String> kid, JsonObject claims) {
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int MAX_KID_LENGTH = 1024;
    private static final Set<String> TYPES = Set.of("jwt", "application/jwt");

    /**
     * Takes the token apart (RFC 7515 section 5.2, RFC 7519 section 7.2). Keys or addresses of keys in the header
     * ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are never looked at.
     *
     * @param allowed the algorithms that the caller accepts
     */
    static SignedJwt parse(Secret raw, Set<String> allowed) {
        var parts = parts(raw);
        var header = jsonObject(parts.get(0), "header");
        var algorithm = algorithm(header, allowed);
        requireType(header);
        requireNoExtension(header);
        var kid = kid(header);
        decode(parts.get(2), "signature");
        return new SignedJwt(raw, algorithm, kid, jsonObject(parts.get(1), "payload"));
    }

    /** The payload of a token that has been verified before. */
    static JsonObject payloadOf(Secret verified) {
        return jsonObject(parts(verified).get(1), "payload");
    }

    private static List<String> parts(Secret raw) {
        if (raw.reveal().length() > MAX_LENGTH) {
            throw malformed("more than " + MAX_LENGTH + " characters");
        }
        var parts = raw.reveal().split("\\.", -1);
        if (parts.length != 3) {
            throw malformed(parts.length == 5 ? "it is encrypted" : "a signed JWT has three parts");
        }
        return List.of(parts);
    }

    private static JsonObject jsonObject(String part, String what) {
        try {
            return new JsonObject(Json.parse(Utf8.decode(decode(part, what))));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw malformed("the " + what + " is not a JSON object in UTF-8");
        }
    }

    /** Strict base64url: one spelling per value, no padding, no line breaks (RFC 7515 section 2). */
    private static byte[] decode(String part, String what) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same answer.
        }
        throw malformed("the " + what + " is not base64url");
    }

    private static SignatureAlgorithm algorithm(JsonObject header, Set<String> allowed) {
        var identifier = header.members().get("alg");
        return Optional.ofNullable(identifier)
                .filter(allowed::contains)
                .flatMap(value -> SignatureAlgorithm.of(value.toString()))
                .orElseThrow(() -> new InvalidResponseException(
                        Reason.TOKEN_ALGORITHM,
                        "expected alg to be one of " + allowed + ", got "
                                + (identifier instanceof String text ? Printable.of(text) : "no string")));
    }

    /** Explicit typing (RFC 8725 section 3.11): an access token or a logout token says that it is one. */
    private static void requireType(JsonObject header) {
        var type = header.members().get("typ");
        if (type == null || (type instanceof String text && TYPES.contains(text.toLowerCase(Locale.ROOT)))) {
            return;
        }
        throw new InvalidResponseException(
                Reason.TOKEN_TYP,
                "expected typ JWT or none, got " + (type instanceof String text ? Printable.of(text) : "no string"));
    }

    /** We understand no extension (RFC 7515 section 4.1.11), the unencoded payload of RFC 7797 included. */
    private static void requireNoExtension(JsonObject header) {
        if (header.has("crit") || header.has("b64")) {
            throw new InvalidResponseException(Reason.TOKEN_CRITICAL_HEADER, "the header demands an extension");
        }
    }

    private static Optional<String> kid(JsonObject header) {
        var kid = Optional.ofNullable(header.members().get("kid"));
        if (kid.isPresent() && !(kid.get() instanceof String text && text.length() <= MAX_KID_LENGTH)) {
            throw malformed("kid is not a string of at most " + MAX_KID_LENGTH + " characters");
        }
        return kid.map(String.class::cast);
    }

    private static InvalidResponseException malformed(String what) {
        return new InvalidResponseException(Reason.TOKEN_MALFORMED, "malformed token: " + what);
    }
}
