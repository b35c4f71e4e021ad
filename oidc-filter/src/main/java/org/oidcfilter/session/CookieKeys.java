// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.util.List;
import java.util.Optional;
import org.oidcfilter.Secret;

/**
 * The secrets that protect cookies.
 *
 * @param keys the one that seals first, then others that still open; at least one
 * @param singleNode whether no other node, nor this one after a restart, can know them
 */
public record CookieKeys(List<Secret> keys, boolean singleNode) {
    private static final int SHORTEST_CLIENT_SECRET = 32;

    public CookieKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
    }

    /** The configured keys, else the client secret if it is long enough, else a random key. */
    public static CookieKeys choose(List<Secret> configured, Optional<Secret> clientSecret) {
        if (!configured.isEmpty()) {
            return new CookieKeys(configured, false);
        }
        return clientSecret
                .filter(secret -> secret.reveal().length() >= SHORTEST_CLIENT_SECRET)
                .map(secret -> new CookieKeys(List.of(secret), false))
                .orElseGet(() -> new CookieKeys(List.of(RandomValue.next()), true));
    }
}
