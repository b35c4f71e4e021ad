// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Duration;

/** The little that all nodes of an application must agree on. It is kept in memory; another engine cannot be plugged in yet. Implementations must be safe for concurrent use. */
public interface SharedState {
    /**
     * Claims {@code key} for the first caller.
     *
     * @param key what is used, at most 128 ASCII characters
     * @param lifetime how long the claim must be remembered
     * @return true for exactly one caller within {@code lifetime}, on whichever node
     */
    boolean firstUse(String key, Duration lifetime);
}
