// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.oidcfilter.token.Jwks;
import org.oidcfilter.token.VerificationKeys;

/**
 * The keys at the provider's {@code jwks_uri}. When a token names a key that is not there, the set is fetched once more, as
 * far as the budget allows (OpenID Connect Core 10.1.1: rotation). Who asks for a known key never waits for that, and only
 * so many wait at a time for one that is not known: for the rest there are those that are.
 */
final class JwksKeys {
    private final Cached<Jwks> cached;
    private final RefetchBudget budget;
    private final Semaphore waiting;

    /**
     * @param cached the set, which several callers may share
     * @param budget the fetches that tokens from one kind of sender may cause
     * @param mostWaiting how many of that kind may wait at the same time
     */
    JwksKeys(Cached<Jwks> cached, RefetchBudget budget, int mostWaiting) {
        this.cached = cached;
        this.budget = budget;
        this.waiting = new Semaphore(mostWaiting);
    }

    /** The keys for somebody who waits until {@code deadline}. */
    VerificationKeys within(Deadline deadline) {
        return (algorithm, kid) -> find(algorithm, kid, deadline);
    }

    private List<PublicKey> find(String algorithm, Optional<String> kid, Deadline deadline) {
        if (!waiting.tryAcquire()) {
            return cached.known().map(set -> set.find(algorithm, kid)).orElse(List.of());
        }
        try {
            return cached.get(set -> !set.find(algorithm, kid).isEmpty(), budget::take, deadline)
                    .find(algorithm, kid);
        } finally {
            waiting.release();
        }
    }
}
