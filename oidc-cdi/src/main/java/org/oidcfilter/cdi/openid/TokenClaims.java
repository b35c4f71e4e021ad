// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.security.enterprise.identitystore.openid.JwtClaims;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.protocol.Json;

/** The claims of a token. */
record TokenClaims(Map<String, Object> asMap) implements JwtClaims, ClaimsMap {
    private static final int PARTS = 3;

    /**
     * What a token says that may be a signed JWT, or anything else (RFC 7519 section 7.2). Nothing is verified: an access token
     * is for somebody else to believe.
     */
    static Optional<TokenClaims> unverified(String token) {
        var parts = token.split("\\.", -1);
        try {
            return parts.length == PARTS && object(parts[0]).containsKey("alg")
                    ? Optional.of(new TokenClaims(object(parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> object(String part) {
        return Json.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    /** Nothing: claims are personal data. */
    @Override
    public String toString() {
        return "Claims";
    }
}
