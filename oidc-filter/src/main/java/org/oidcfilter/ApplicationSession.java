// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

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

    /** A request of the caller: what belongs to somebody else is ended, what belongs to nobody is theirs from now on. */
    void use(String owner);

    /** The caller has gone. */
    void end();
}
