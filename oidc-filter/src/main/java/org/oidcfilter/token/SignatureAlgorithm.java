// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signature algorithms there are for us (RFC 7518 section 3.1, RFC 8037 section 3.1). What is not here, {@code none}
 * above all, cannot be configured, discovered or smuggled in. An algorithm fits one kind of key only, so that a public key
 * is never taken for the secret of an HMAC.
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
    EDDSA("EdDSA", "Ed25519", "SHA-512"),
    HS256("HS256", SignatureAlgorithm.SECRET, "SHA-256"),
    HS384("HS384", SignatureAlgorithm.SECRET, "SHA-384"),
    HS512("HS512", SignatureAlgorithm.SECRET, "SHA-512");

    private static final String SECRET = "oct";
    private static final Map<String, SignatureAlgorithm> BY_IDENTIFIER =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(SignatureAlgorithm::identifier, known -> known));

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
        return Optional.ofNullable(BY_IDENTIFIER.get(identifier));
    }

    /** The {@code alg}. */
    public String identifier() {
        return identifier;
    }

    /** Whether this is an HMAC, whose key both sides know. */
    public boolean isHmac() {
        return keyKind.equals(SECRET);
    }

    /** Whether this is an HMAC for which a secret of so many bytes is long enough: as long as the hash. */
    boolean acceptsSecretOf(int bytes) {
        return isHmac() && bytes * Byte.SIZE >= Integer.parseInt(digest.substring("SHA-".length()));
    }

    /** The only kind of key that fits: {@code RSA}, a curve's name, or {@code oct} for a secret. */
    String keyKind() {
        return keyKind;
    }

    /** Whether a signature may have so many octets (RFC 7518 section 3.4, RFC 8032 section 5.1.6). */
    boolean signsWith(int octets) {
        return switch (this) {
            case ES256, EDDSA -> octets == 64;
            case ES384 -> octets == 96;
            case ES512 -> octets == 132;
            default -> true; // RSA and HMAC compare the length themselves
        };
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
