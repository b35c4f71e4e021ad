// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.oidcfilter.Secret;

/** Proof Key for Code Exchange, method {@code S256} only (RFC 7636; RFC 9700 section 2.1.1). */
public final class Pkce {
    /** The {@code code_challenge_method}. */
    public static final String METHOD = "S256";

    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private Pkce() {}

    /**
     * The {@code code_challenge} for {@code verifier} (RFC 7636 section 4.2).
     *
     * @throws IllegalArgumentException if it is not a code verifier (section 4.1)
     */
    public static String challenge(Secret verifier) {
        if (!VERIFIER.matcher(verifier.reveal()).matches()) {
            throw new IllegalArgumentException("a code verifier has 43 to 128 unreserved characters");
        }
        var digest = sha256(verifier.reveal().getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
