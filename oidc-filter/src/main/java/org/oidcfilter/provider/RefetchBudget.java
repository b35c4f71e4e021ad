// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How often tokens may make us fetch keys again: five times at once, then once each 30 seconds. Enough for a provider that
 * rotates its keys right after a fetch, useless to somebody who sends tokens with made-up key ids.
 */
final class RefetchBudget {
    private static final int BURST = 5;
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Clock clock;

    /** When the budget is, or was, full again. */
    private Instant fullAt;

    RefetchBudget(Clock clock) {
        this.clock = clock;
        this.fullAt = clock.instant();
    }

    /** Takes one fetch out of the budget, if there is one left. */
    synchronized boolean take() {
        var now = clock.instant();
        var next = (fullAt.isBefore(now) ? now : fullAt).plus(INTERVAL);
        if (next.isAfter(now.plus(INTERVAL.multipliedBy(BURST)))) {
            return false;
        }
        fullAt = next;
        return true;
    }
}
