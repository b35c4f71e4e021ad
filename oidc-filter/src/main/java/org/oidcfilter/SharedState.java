// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The little that all nodes of an application must agree on: in memory where there is one node, else in an engine that the
 * nodes share. Keys have at most 400 characters of printable ASCII. Implementations must be safe for concurrent use.
 *
 * <p>Every method throws a {@link SharedStateException} if the engine gives no answer; what was asked for may have happened
 * then, or not.
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
     * @param at when it happened, at a precision of milliseconds
     * @param lifetime how long it must be remembered
     */
    void mark(String key, Instant at, Duration lifetime);

    /** When something happened to any of {@code keys} last; empty if nothing did, or nothing that had to be remembered. */
    Optional<Instant> marked(Collection<String> keys);

    /**
     * Keeps a value for all nodes, in place of what was kept under {@code key}.
     *
     * @param value text that the engine may read; of any length that its memory allows
     * @param lifetime how long it is of use
     */
    void keep(String key, String value, Duration lifetime);

    /** What is kept under {@code key}. */
    Optional<String> kept(String key);
}
