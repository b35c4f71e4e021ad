// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.time.Instant;
import java.util.Optional;

/** A logout token that has been verified: only {@link LogoutTokenValidator} makes one (Back-Channel Logout 2.4). */
public final class LogoutToken {
    private final Optional<String> subject;
    private final Optional<String> sid;
    private final String jti;
    private final Instant acceptableUntil;

    LogoutToken(Optional<String> subject, Optional<String> sid, String jti, Instant acceptableUntil) {
        this.subject = subject;
        this.sid = sid;
        this.jti = jti;
        this.acceptableUntil = acceptableUntil;
    }

    /** Whose session it is about ({@code sub}); there if {@link #sid()} is not. */
    public Optional<String> subject() {
        return subject;
    }

    /** The provider's name for the session that has ended ({@code sid}); there if {@link #subject()} is not. */
    public Optional<String> sid() {
        return sid;
    }

    /** What tells it from all others ({@code jti}). */
    public String jti() {
        return jti;
    }

    /** From this moment on the token is refused for its age, so that its {@code jti} may be forgotten. */
    public Instant acceptableUntil() {
        return acceptableUntil;
    }

    /** Nothing of the content. */
    @Override
    public String toString() {
        return "LogoutToken";
    }
}
