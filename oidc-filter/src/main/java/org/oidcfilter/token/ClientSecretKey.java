// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jose4j.keys.HmacKey;
import org.oidcfilter.Secret;

/**
 * The client secret as the key of tokens that a provider protects by HMAC (OpenID Connect Core 10.1). Only for operators who
 * ask for it: whoever knows the secret can make such tokens. It verifies nothing but an HMAC, and only one that is not longer
 * than itself (RFC 7518 section 3.2).
 */
public record ClientSecretKey(Secret clientSecret) implements VerificationKeys {
    /** There is one key whatever a token calls it. */
    @Override
    public List<SecretKey> find(String algorithm, Optional<String> kid) {
        var bytes = clientSecret.reveal().getBytes(StandardCharsets.UTF_8);
        return SignatureAlgorithm.of(algorithm)
                .filter(known -> known.acceptsSecretOf(bytes.length))
                .map(known -> List.<SecretKey>of(new HmacKey(bytes)))
                .orElse(List.of());
    }
}
