// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Optional;

/**
 * What the application keeps of a visitor between requests, where our own session is kept elsewhere. It belongs to whoever
 * is logged in: nobody else gets to see it.
 */
public interface ApplicationSession {
    /**
     * Somebody has logged in. Whoever else it belongs to, it is ended; if it was nobody's, it goes on under an id that nobody
     * knew before.
     *
     * @param owner stands for the caller
     */
    void begin(String owner);

    /**
     * A request that the application is going to see: what belongs to somebody else is ended, what belongs to nobody is the
     * caller's from now on.
     *
     * @param owner stands for the caller; empty if nobody is logged in
     */
    void use(Optional<String> owner);

    /** The caller has gone. */
    void end();
}
