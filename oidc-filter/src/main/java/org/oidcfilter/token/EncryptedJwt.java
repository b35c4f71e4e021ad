// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Utf8;

/**
 * A JWE that is well-formed and whose header is acceptable (RFC 7516 section 5.2). Refused before any decryption: RSA1_5
 * (padding oracles), keys made of passwords or of the client secret, and compression, with which few bytes become many.
 */
record EncryptedJwt(Secret raw, String algorithm, String encryption, Optional<String> kid, JoseHeader header) {
    /** RFC 7516 section 5.2 step 10: what is agreed upon is not sent; anybody could change what is. */
    private static final String DIRECT = "ECDH-ES";

    private static final Set<String> ALGORITHMS =
            Set.of("RSA-OAEP-256", DIRECT, "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW");
    private static final Set<String> ENCRYPTIONS =
            Set.of("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512");

    /** The {@code alg}s that are accepted for one kind of key, in alphabetical order. */
    static SortedSet<String> algorithms(boolean rsa) {
        return ALGORITHMS.stream()
                .filter(algorithm -> algorithm.startsWith("RSA") == rsa)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static EncryptedJwt parse(Secret raw, List<String> parts) {
        var header = JoseHeader.parse(parts.get(0));
        var algorithm = header.algorithm("alg", ALGORITHMS, Reason.TOKEN_DECRYPTION);
        var encryption = header.algorithm("enc", ENCRYPTIONS, Reason.TOKEN_DECRYPTION);
        header.requireType("typ", JoseHeader.LOGOUT_TOKEN); // what is inside says more
        header.requireType("cty", JoseHeader.LOGOUT_TOKEN);
        header.requireNoExtension();
        if (header.members().has("zip")) {
            throw new InvalidResponseException(Reason.TOKEN_DECRYPTION, "the token is compressed");
        }
        if (algorithm.equals(DIRECT) && !parts.get(1).isEmpty()) {
            throw new InvalidResponseException(Reason.TOKEN_DECRYPTION, "ECDH-ES alone has no encrypted key");
        }
        parts.subList(1, parts.size()).forEach(part -> CompactJose.decode(part, "encrypted part"));
        return new EncryptedJwt(raw, algorithm, encryption, header.kid(), header);
    }

    /** What was encrypted, whatever it is. */
    Secret decrypt(DecryptionKeys keys) {
        var key = keys.find(algorithm, kid);
        if (!key.isRsa()) {
            key.requireSameCurve(header.members().members().get("epk"));
        }
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
        jwe.setContentEncryptionAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, encryption));
        jwe.setKey(key.privateKey());
        try {
            jwe.setCompactSerialization(raw.reveal());
            return Secret.of(Utf8.decode(jwe.getPlaintextBytes()));
        } catch (JoseException | CharacterCodingException | RuntimeException e) {
            // One answer for everything that can go wrong inside: no oracle. The cause may quote the token.
            throw new InvalidResponseException(Reason.TOKEN_DECRYPTION, "the token cannot be decrypted");
        }
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "EncryptedJwt";
    }
}
