// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Instant;
import java.util.Optional;

/**
 * What a logout says: which sessions are over. With a {@code sid} those of that session of the provider, if the subject
 * agrees where it is given, too; without, all of the subject (OpenID Connect Back-Channel Logout 2.7).
 *
 * @param subject whose sessions ({@code sub})
 * @param sid the provider's name for its session
 * @param at when we were told; a login that started later is not meant
 */
public record LogoutMark(Optional<String> subject, Optional<String> sid, Instant at) {
    public LogoutMark {
        if (subject.isEmpty() && sid.isEmpty()) {
            throw new IllegalArgumentException("a logout without subject and sid");
        }
    }

    /** A logout at {@code time}, in milliseconds, like the starts of logins. */
    public static LogoutMark at(Instant time, Optional<String> subject, Optional<String> sid) {
        return new LogoutMark(subject, sid, Instant.ofEpochMilli(time.toEpochMilli()));
    }

    /** Whether {@code session}, of the same provider, is over. */
    public boolean ends(OidcSession session) {
        var identity = session.identity();
        return !session.times().loginStartedAt().isAfter(at)
                && (sid.isEmpty() || sid.equals(identity.sid()))
                && (subject.isEmpty() || subject.get().equals(identity.subject()));
    }

    /** Nothing about the person. */
    @Override
    public String toString() {
        return "LogoutMark[" + at + "]";
    }
}
