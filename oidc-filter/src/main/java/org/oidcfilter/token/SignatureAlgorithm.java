// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signature algorithms there are for us (RFC 7518 section 3.1, RFC 8037 section 3.1): public keys only. What is not
 * here, {@code none} and the HMACs above all, cannot be configured, discovered or smuggled in.
 */
public enum SignatureAlgorithm {
    RS256("RS256", "RSA", "SHA-256"),
    RS384("RS384", "RSA", "SHA-384"),
    RS512("RS512", "RSA", "SHA-512"),
    PS256("PS256", "RSA", "SHA-256"),
    PS384("PS384", "RSA", "SHA-384"),
    PS512("PS512", "RSA", "SHA-512"),
    ES256("ES256", "P-256", "SHA-256"),
    ES384("ES384", "P-384", "SHA-384"),
    ES512("ES512", "P-521", "SHA-512"),
    EDDSA("EdDSA", "Ed25519", "SHA-512");

    private final String identifier;
    private final String keyKind;
    private final String digest;

    SignatureAlgorithm(String identifier, String keyKind, String digest) {
        this.identifier = identifier;
        this.keyKind = keyKind;
        this.digest = digest;
    }

    /** The algorithm with this {@code alg}, compared exactly. */
    public static Optional<SignatureAlgorithm> of(String identifier) {
        return Stream.of(values())
                .filter(algorithm -> algorithm.identifier.equals(identifier))
                .findFirst();
    }

    /** The {@code alg}. */
    public String identifier() {
        return identifier;
    }

    /** The only kind of key that fits: {@code RSA} or a curve's name. */
    String keyKind() {
        return keyKind;
    }

    /** The left half of the hash of {@code input}, by the hash function of this algorithm (Core 3.1.3.6). */
    byte[] leftHalfOfHash(byte[] input) {
        try {
            var hash = MessageDigest.getInstance(digest).digest(input);
            return Arrays.copyOf(hash, hash.length / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + digest, e);
        }
    }
}
