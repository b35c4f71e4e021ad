// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.security.Key;
import java.util.List;
import java.util.Optional;

/** The keys that the provider signs with. */
@FunctionalInterface
public interface VerificationKeys {
    /**
     * The keys that may have made a signature. Anything but exactly one makes the token fail.
     *
     * @param algorithm the token's {@code alg}, one of {@link SignatureAlgorithm}
     * @param kid the token's {@code kid}, if it has one
     */
    List<? extends Key> find(String algorithm, Optional<String> kid);
}
