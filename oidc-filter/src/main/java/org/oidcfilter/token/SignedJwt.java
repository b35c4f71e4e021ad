// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.JsonObject;

/**
 * A signed JWT that is well-formed and whose header is acceptable. Its signature has <em>not</em> been verified.
 *
 * @param raw the compact serialization
 * @param algorithm the {@code alg}
 * @param kid the {@code kid}, if there is one
 * @param claims what it claims
 */
record SignedJwt(Secret raw, SignatureAlgorithm algorithm, Optional<String> kid, JsonObject claims) {
    private static final int JWS_PARTS = 3;

    /**
     * Takes the token apart (RFC 7515 section 5.2, RFC 7519 section 7.2).
     *
     * @param allowed the algorithms that the caller accepts
     * @param types the media types that the caller accepts, in lower case
     */
    static SignedJwt parse(Secret raw, Set<String> allowed, Set<String> types) {
        var parts = parts(raw);
        var header = JoseHeader.parse(parts.get(0));
        var algorithm = algorithm(header, allowed);
        header.requireType("typ", types);
        header.requireNoExtension();
        var kid = header.kid();
        CompactJose.decode(parts.get(2), "signature");
        return new SignedJwt(raw, algorithm, kid, payload(parts));
    }

    /** The payload of a token that has been verified before. */
    static JsonObject payloadOf(Secret verified) {
        return payload(parts(verified));
    }

    private static JsonObject payload(List<String> parts) {
        return CompactJose.jsonObject(parts.get(1), "payload", TokenClaims.NEVER_NULL::contains);
    }

    /** What was signed: everything before the last dot (RFC 7515 section 5.1). */
    byte[] signingInput() {
        var text = raw.reveal();
        return text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] signature() {
        var text = raw.reveal();
        return CompactJose.decode(text.substring(text.lastIndexOf('.') + 1), "signature");
    }

    private static List<String> parts(Secret raw) {
        var parts = CompactJose.parts(raw);
        if (parts.size() != JWS_PARTS) {
            throw CompactJose.malformed(
                    CompactJose.isEncrypted(parts)
                            ? "it is encrypted, and there is nothing to decrypt it with"
                            : "a signed JWT has three parts");
        }
        return parts;
    }

    private static SignatureAlgorithm algorithm(JoseHeader header, Set<String> allowed) {
        return SignatureAlgorithm.of(header.algorithm("alg", allowed, Reason.TOKEN_ALGORITHM))
                .orElseThrow(() -> new InvalidResponseException(Reason.TOKEN_ALGORITHM, "an unknown alg is allowed"));
    }
}
