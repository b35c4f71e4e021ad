// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.util.Optional;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

/**
 * What is done with tokens that the provider encrypted for us (RFC 7519 section 11.2: signed first, then encrypted). To
 * decrypt a token proves nothing about it, since anybody can encrypt with a public key: what comes out still has to be
 * verified.
 */
public final class Decryption {
    /** Nothing is decrypted, nothing has to be encrypted. */
    public static final Decryption NONE = new Decryption(Optional.empty(), false);

    private final Optional<DecryptionKeys> keys;
    private final boolean required;

    private Decryption(Optional<DecryptionKeys> keys, boolean required) {
        this.keys = keys;
        this.required = required;
    }

    /**
     * Decrypts with {@code keys}.
     *
     * @param required whether a token that is not encrypted is refused
     */
    public static Decryption with(DecryptionKeys keys, boolean required) {
        return new Decryption(Optional.of(keys), required);
    }

    /**
     * The content of an encrypted token; any other token as it is.
     *
     * @throws InvalidResponseException with {@link Reason#TOKEN_NOT_ENCRYPTED}, {@link Reason#TOKEN_DECRYPTION} or what else
     *     is wrong with the message
     */
    Secret content(Secret token) {
        var parts = CompactJose.parts(token);
        if (CompactJose.isEncrypted(parts) && keys.isPresent()) {
            return EncryptedJwt.parse(token, parts).decrypt(keys.get());
        }
        if (required) {
            throw new InvalidResponseException(
                    Reason.TOKEN_NOT_ENCRYPTED, "the token is not encrypted, but the configuration demands it");
        }
        return token;
    }
}
