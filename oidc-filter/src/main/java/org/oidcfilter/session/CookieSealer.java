// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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

    /** {@code {"alg":"dir","enc":"A256GCM"}}. It is authenticated. */
    private static final String HEADER = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0";

    /** What stands before the 96-bit IV: the header, and no encrypted key. */
    private static final String START = HEADER + "..";

    private static final int IV_BYTES = 12;
    private static final int TEXT_AT = START.length() + 17;
    private static final int TAG_BYTES = 16;
    private static final int TAG_LENGTH = 22;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

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
        var iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, keys().get(0), iv).doFinal(plain);
            var tagAt = sealed.length - TAG_BYTES;
            return START + ENCODER.encodeToString(iv)
                    + "." + ENCODER.encodeToString(Arrays.copyOf(sealed, tagAt))
                    + "." + ENCODER.encodeToString(Arrays.copyOfRange(sealed, tagAt, sealed.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /** The text that was sealed; empty for anything that we have not sealed for this purpose. */
    public Optional<String> open(String sealed) {
        return openBytes(sealed).map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    /** The bytes that were sealed; empty for anything that we have not sealed for this purpose. */
    public Optional<byte[]> openBytes(String sealed) {
        if (sealed.length() > longest || !isCompact(sealed)) {
            return Optional.empty();
        }
        var bytes = sealed.getBytes(StandardCharsets.ISO_8859_1);
        return keys().stream().flatMap(key -> open(bytes, key).stream()).findFirst();
    }

    /** Whether each part has its place, and there is no other way to write it. */
    private static boolean isCompact(String sealed) {
        var tagAt = sealed.length() - TAG_LENGTH;
        return tagAt > TEXT_AT
                && sealed.startsWith(START)
                && sealed.charAt(TEXT_AT - 1) == '.'
                && sealed.charAt(tagAt - 1) == '.'
                && sealed.indexOf('=') < 0
                && hasNoStrayBits(sealed, TEXT_AT, tagAt - 1)
                && hasNoStrayBits(sealed, tagAt, sealed.length());
    }

    /** The last character of a part can have bits that decoders drop (RFC 4648 section 3.5). */
    private static boolean hasNoStrayBits(String sealed, int from, int to) {
        return switch ((to - from) % 4) {
            case 0 -> true;
            case 2 -> "AQgw".indexOf(sealed.charAt(to - 1)) >= 0;
            case 3 -> "AEIMQUYcgkosw048".indexOf(sealed.charAt(to - 1)) >= 0;
            default -> false;
        };
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

    private static Optional<byte[]> open(byte[] sealed, Key key) {
        var tagAt = sealed.length - TAG_LENGTH;
        try {
            var iv = new byte[IV_BYTES];
            decoded(sealed, START.length(), TEXT_AT - 1).get(iv);
            var text = decoded(sealed, TEXT_AT, tagAt - 1);
            var whole = ByteBuffer.allocate(text.remaining() + TAG_BYTES).put(text);
            whole.put(decoded(sealed, tagAt, sealed.length));
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(whole.array()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException if there is anything but base64url */
    private static ByteBuffer decoded(byte[] sealed, int from, int to) {
        return DECODER.decode(ByteBuffer.wrap(sealed, from, to - from));
    }

    /** RFC 7518 section 5.3. The JCA itself: every request with a session in cookies comes here. */
    private static Cipher cipher(int mode, Key key, byte[] iv) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(HEADER.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    /** One HMAC as key derivation: input and output are as long as the hash, and the label tells purposes apart. */
    private static Key derive(Secret key, String label) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes(key.reveal()), HMAC));
            return new SecretKeySpec(mac.doFinal(bytes(label)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is missing", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
