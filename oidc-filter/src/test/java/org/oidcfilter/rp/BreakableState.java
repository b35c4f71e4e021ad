// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.SharedState;

/** A shared state that can be out of reach. */
final class BreakableState implements SharedState {
    volatile boolean broken;

    private final SharedState state;

    BreakableState(SharedState state) {
        this.state = state;
    }

    @Override
    public boolean firstUse(String key, Duration lifetime) {
        return reachable().firstUse(key, lifetime);
    }

    @Override
    public void mark(String key, Instant at, Duration lifetime) {
        reachable().mark(key, at, lifetime);
    }

    @Override
    public Optional<Instant> marked(String key) {
        return state.marked(key);
    }

    private SharedState reachable() {
        if (broken) {
            throw new IllegalStateException("the engine cannot be reached");
        }
        return state;
    }
}
