// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Optional;

/**
 * The one door to the session of the browser that sent a request. One implementation per kind of session and request.
 */
public interface SessionHandle {
    /** The session, if there is one; never one whose id came with the URL. */
    Optional<OidcSession> load();

    /** Stores a session that a login has produced, under a session id that nobody knew before. */
    void begin(OidcSession session);

    /** Stores the next version of the session that was loaded. Does nothing if it has ended or changed meanwhile. */
    void replace(OidcSession session);

    /** Ends the session and everything the application stored with it. */
    void end();
}
