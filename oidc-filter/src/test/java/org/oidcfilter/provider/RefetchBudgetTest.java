// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefetchBudgetTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final RefetchBudget budget = new RefetchBudget(clock);

    private void spend(int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(budget.take(), "fetch " + i);
        }
        assertFalse(budget.take());
    }

    @Test
    void allowsFiveAtOnceAndOneMoreEveryThirtySeconds() {
        spend(5);
        clock.advance(Duration.ofSeconds(29));
        assertFalse(budget.take());
        clock.advance(Duration.ofSeconds(1));
        spend(1);
        clock.advance(Duration.ofMinutes(1));
        spend(2);
    }

    @Test
    void neverSavesUpMoreThanFive() {
        clock.advance(Duration.ofDays(1));
        spend(5);
        clock.advance(Duration.ofDays(1));
        spend(5);
    }
}
