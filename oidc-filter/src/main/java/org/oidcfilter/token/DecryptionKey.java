// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.security.PrivateKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;

/**
 * A key pair of ours that the provider encrypts to (RFC 7517 section 4).
 *
 * @param privateKey our half
 * @param publicHalf the other half: as strong and sound as a key of the provider has to be
 * @param kid its name: the one it was given, or its thumbprint (RFC 7638)
 * @param publicJwk what is published
 */
record DecryptionKey(PrivateKey privateKey, VerificationKey publicHalf, String kid, Map<String, Object> publicJwk) {
    private static final String ED25519 = "Ed25519";

    /** What is published of a key. Whatever else a file holds, by whatever name, may be private. */
    private static final Set<String> PUBLIC = Set.of("kty", "n", "e", "crv", "x", "y");

    /**
     * Takes a private JWK.
     *
     * @throws IllegalArgumentException if it is no private key for decryption, or a weak one
     */
    static DecryptionKey of(Map<String, Object> jwk) {
        require("enc".equals(jwk.getOrDefault("use", "enc")), "must be of use enc");
        require(!jwk.containsKey("oth"), "must be RSA keys of two primes");
        return of(read(jwk));
    }

    private static PublicJsonWebKey read(Map<String, Object> jwk) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(jwk);
        } catch (JoseException | RuntimeException e) {
            throw new IllegalArgumentException("must be private keys of type RSA or EC", e);
        }
    }

    private static DecryptionKey of(PublicJsonWebKey jwk) {
        var published = jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
        published.keySet().retainAll(PUBLIC);
        var half = publicHalf(published);
        var privateKey = jwk.getPrivateKey();
        require(privateKey != null, "must be private");
        var kid =
                Optional.ofNullable(jwk.getKeyId()).orElseGet(() -> jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
        published.put("kid", kid);
        published.put("use", "enc");
        Optional.ofNullable(jwk.getAlgorithm()).ifPresent(alg -> published.put("alg", alg));
        var key = new DecryptionKey(privateKey, half, kid, published);
        var possible = EncryptedJwt.algorithms(key.isRsa());
        require(possible.containsAll(key.algorithms()), "must have no alg, or one of " + possible);
        return key;
    }

    private static VerificationKey publicHalf(Map<String, Object> jwk) {
        try {
            var half = VerificationKey.of(jwk);
            require(!half.kind().equals(ED25519), "for signatures only");
            return half;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be sound keys of type RSA or EC: " + e.getMessage(), e);
        }
    }

    boolean isRsa() {
        return publicHalf.kind().equals("RSA");
    }

    /** What messages to this key may be encrypted by: its own {@code alg} if it has one. */
    private Set<String> algorithms() {
        return publicJwk.get("alg") instanceof String only ? Set.of(only) : EncryptedJwt.algorithms(isRsa());
    }

    /** Whether a sender who sees both may take the one or the other. */
    boolean isAlternativeTo(DecryptionKey other) {
        return !Collections.disjoint(algorithms(), other.algorithms());
    }

    /** Whether a message encrypted by this {@code alg} to the key called {@code name} may be for this key. */
    boolean fits(String algorithm, Optional<String> name) {
        return algorithms().contains(algorithm) && name.map(kid::equals).orElse(true);
    }

    /**
     * RFC 7518 section 4.6.1.1: the sender's ephemeral key is a sound point of our curve. One on another curve would, try by
     * try, give our key away.
     */
    void requireSameCurve(@Nullable Object ephemeralKey) {
        try {
            var sender = VerificationKey.of(ephemeralKey);
            require(sender.kind().equals(publicHalf.kind()), "on another curve");
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException(
                    Reason.TOKEN_DECRYPTION, "the sender's ephemeral key is not one for ours: " + e.getMessage());
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The name only. */
    @Override
    public String toString() {
        return "DecryptionKey[" + kid + "]";
    }
}
