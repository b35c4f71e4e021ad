// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

/**
 * The sessions that this node holds in memory. Best effort: it makes listeners run and memory return at once where that is
 * possible; that a session is over is decided by the marks in {@link SharedState}.
 */
@FunctionalInterface
public interface LocalSessions {
    /** For sessions that no node holds. */
    LocalSessions NONE = mark -> 0;

    /**
     * Ends the sessions that {@code mark} ends.
     *
     * @return how many there were
     */
    int end(LogoutMark mark);
}
