// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable text for codes, tokens and identifiers, of characters that are safe in URLs and cookies. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String ofBits(int bits) {
        byte[] bytes = new byte[bits / 8];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
