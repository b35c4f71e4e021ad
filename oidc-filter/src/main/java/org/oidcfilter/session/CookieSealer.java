// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;
import org.oidcfilter.Secret;

/**
 * Makes text that the browser keeps for us unreadable and unchangeable: compact JWE (RFC 7516) with {@code dir} and
 * {@code A256GCM}. What is sealed for one purpose cannot be opened for another.
 */
public final class CookieSealer {
    /** More than any single cookie of ours. */
    private static final int LONGEST = 4096;

    private static final String LABEL = "org.oidcfilter cookie v1 ";
    private static final String HMAC = "HmacSHA256";

    /**
     * {@code {"alg":"dir","enc":"A256GCM"}}, no encrypted key, 96-bit IV, cipher text, 128-bit tag; without any stray
     * bit at the end of a part, so that there is one way only to write a sealed text.
     */
    private static final Pattern OURS = Pattern.compile("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0\\.\\."
            + "[\\w-]{16}\\."
            + "(?:[\\w-]{4})*+(?:[\\w-][AQgw]|[\\w-]{2}[AEIMQUYcgkosw048])?\\."
            + "[\\w-]{21}[AQgw]");

    private static final AlgorithmConstraints DIRECT =
            new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT);
    private static final AlgorithmConstraints AES_256_GCM =
            new AlgorithmConstraints(ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);

    private final CookieKeys keys;
    private final String purpose;
    private final int longest;
    private volatile Derived derived;

    /** Keys derived from {@code source}. */
    private record Derived(List<Secret> source, List<Key> keys) {}

    /**
     * Derives a key for {@code purpose} from each of {@code keys}.
     *
     * @param keys the first one seals, all open
     */
    public CookieSealer(CookieKeys keys, String purpose) {
        this(keys, purpose, LONGEST);
    }

    /**
     * As {@link #CookieSealer(CookieKeys, String)}, for what is longer than one cookie.
     *
     * @param longest how long a sealed text may be
     */
    public CookieSealer(CookieKeys keys, String purpose, int longest) {
        this.keys = keys;
        this.purpose = purpose;
        this.longest = longest;
        this.derived = derive(keys.current());
    }

    /** Seals {@code plain}. */
    public String seal(String plain) {
        return seal(bytes(plain));
    }

    /** Seals {@code plain}. */
    public String seal(byte[] plain) {
        var jwe = jwe(keys().get(0));
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        jwe.setPlaintext(plain);
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /** The text that was sealed; empty for anything that we have not sealed for this purpose. */
    public Optional<String> open(String sealed) {
        return openBytes(sealed).map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    /** The bytes that were sealed; empty for anything that we have not sealed for this purpose. */
    public Optional<byte[]> openBytes(String sealed) {
        if (sealed.length() > longest || !OURS.matcher(sealed).matches()) {
            return Optional.empty();
        }
        return keys().stream().flatMap(key -> open(sealed, key).stream()).findFirst();
    }

    private List<Key> keys() {
        var current = keys.current();
        if (!current.equals(derived.source())) {
            derived = derive(current);
        }
        return derived.keys();
    }

    private Derived derive(List<Secret> source) {
        return new Derived(
                source, source.stream().map(key -> derive(key, LABEL + purpose)).toList());
    }

    private static Optional<byte[]> open(String sealed, Key key) {
        var jwe = jwe(key);
        try {
            jwe.setCompactSerialization(sealed);
            return Optional.of(jwe.getPlaintextBytes());
        } catch (JoseException e) {
            return Optional.empty();
        }
    }

    private static JsonWebEncryption jwe(Key key) {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(DIRECT);
        jwe.setContentEncryptionAlgorithmConstraints(AES_256_GCM);
        jwe.setKey(key);
        return jwe;
    }

    /** One HMAC as key derivation: input and output are as long as the hash, and the label tells purposes apart. */
    private static Key derive(Secret key, String label) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes(key.reveal()), HMAC));
            return new AesKey(mac.doFinal(bytes(label)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is missing", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
