// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The little that all nodes of an application must agree on. It is kept in memory; another engine cannot be plugged in yet.
 * Keys have at most 400 characters of printable ASCII. Implementations must be safe for concurrent use.
 */
public interface SharedState {
    /**
     * Claims {@code key} for the first caller.
     *
     * @param key what is used
     * @param lifetime how long the claim must be remembered
     * @return true for exactly one caller within {@code lifetime}, on whichever node
     */
    boolean firstUse(String key, Duration lifetime);

    /**
     * Notes that something happened to {@code key}. Of several times the latest stays. When this returns, every node knows.
     *
     * @param at when it happened
     * @param lifetime how long it must be remembered
     */
    void mark(String key, Instant at, Duration lifetime);

    /** When something happened to {@code key} last; empty if nothing did, or nothing that had to be remembered. */
    Optional<Instant> marked(String key);
}
