// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.oidcfilter.Secret;

/** The secrets that protect cookies, as they are at the moment: an operator may change them while we run. */
public final class CookieKeys {
    private static final int SHORTEST_CLIENT_SECRET = 32;

    private final Supplier<List<Secret>> keys;
    private final boolean singleNode;

    private CookieKeys(Supplier<List<Secret>> keys, boolean singleNode) {
        this.keys = keys;
        this.singleNode = singleNode;
    }

    /** Keys that never change; at least one. */
    public static CookieKeys of(List<Secret> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        return live(() -> keys);
    }

    /**
     * Keys that may change.
     *
     * @param keys at least one, and the same list for as long as nothing changes
     */
    public static CookieKeys live(Supplier<List<Secret>> keys) {
        return new CookieKeys(keys, false);
    }

    /** Where no keys are configured: the client secret if it is long enough, else a random key. */
    public static CookieKeys orElse(Optional<Secret> clientSecret) {
        return clientSecret
                .filter(secret -> secret.reveal().length() >= SHORTEST_CLIENT_SECRET)
                .map(secret -> of(List.of(secret)))
                .orElseGet(() -> {
                    var random = List.of(RandomValue.next());
                    return new CookieKeys(() -> random, true);
                });
    }

    /** The one that seals first, then others that still open; at least one. The same list for as long as nothing changes. */
    List<Secret> current() {
        return keys.get();
    }

    /** Whether no other node, nor this one after a restart, can know them. */
    public boolean singleNode() {
        return singleNode;
    }
}
