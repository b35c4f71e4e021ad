// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.security.SecureRandom;
import java.util.Base64;
import org.oidcfilter.Secret;

/** Values that nobody can guess: 256 bits, as 43 characters that are safe in URLs and cookies. */
final class RandomValue {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomValue() {}

    static Secret next() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
