// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Optional;
import java.util.function.Function;

/** The one door to the session of the browser that sent a request. One implementation per kind of session and request. */
public interface SessionHandle {
    /** The session as it is stored now, if there is one; never one whose id came with the URL. */
    Optional<OidcSession> load();

    /** Stores a session that a login has produced, under a session id that nobody knew before. */
    void begin(OidcSession session);

    /**
     * Changes the session that this request came with. On this node nothing else changes it at the same time. It may be
     * called after the request is over.
     *
     * @param change is given the session as it is stored now, and returns what to store; the same instance to leave it as
     *     it is, nothing to end it together with everything the application stored with it. It must not wait for anything.
     * @return the session afterwards; empty if it has ended, by this change or before
     */
    Optional<OidcSession> update(Function<OidcSession, Optional<OidcSession>> change);

    /** Ends the session and everything the application stored with it. */
    void end();
}
