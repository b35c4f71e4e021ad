// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SharedState;
import org.oidcfilter.protocol.Printable;

/**
 * The logouts that all nodes know of. A logout is a mark, not a search: it costs the same however many sessions there are,
 * and a session finds out when it is used next.
 */
public final class LogoutMarks {
    /** Longer names, and names that are not ASCII, are replaced by their fingerprint. */
    private static final int LONGEST = 120;

    private final SharedState sharedState;
    private final String prefix;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * @param application tells apart those that share an engine, by printable ASCII of at most 40 characters
     * @param lifetime how long a session can last from the start of its login
     */
    public LogoutMarks(SharedState sharedState, String application, Duration lifetime, Clock clock) {
        this.sharedState = sharedState;
        this.prefix = application + " ";
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A logout that happens now. */
    public LogoutMark now(Optional<String> subject, Optional<String> sid) {
        return LogoutMark.at(clock.instant(), subject, sid);
    }

    /** Remembers a logout for as long as a session can last that it ends. */
    public void store(LogoutMark mark) {
        sharedState.mark(key(mark.subject(), mark.sid()), mark.at(), lifetime);
    }

    /** Whether a logout has ended {@code session}. */
    public boolean end(OidcSession session) {
        var subject = Optional.of(session.identity().subject());
        var sid = session.identity().sid();
        var startedAt = session.times().loginStartedAt();
        return since(startedAt, key(subject, Optional.empty()))
                || (sid.isPresent()
                        && (since(startedAt, key(Optional.empty(), sid)) || since(startedAt, key(subject, sid))));
    }

    /** Remembers the end of this one session, which somebody may have a copy of. */
    public void storeEnd(OidcSession session) {
        sharedState.mark(key(session), clock.instant(), lifetime);
    }

    /** Whether this very session has been ended. */
    public boolean knowsEnd(OidcSession session) {
        return sharedState.marked(key(session)).isPresent();
    }

    /** Whether the logout token with this {@code jti} has been here before. */
    public boolean knows(String jti) {
        return sharedState.marked(key(jti)).isPresent();
    }

    /** Remembers a logout token until its own rules keep it from being accepted. */
    public void remember(String jti, Instant acceptableUntil) {
        var now = clock.instant();
        if (now.isBefore(acceptableUntil)) {
            sharedState.mark(key(jti), now, Duration.between(now, acceptableUntil));
        }
    }

    private boolean since(Instant startedAt, String key) {
        return sharedState.marked(key).map(at -> !at.isBefore(startedAt)).orElse(false);
    }

    /** No subject or sid can be written so that its key is another's: each part says how long it is. */
    private String key(Optional<String> subject, Optional<String> sid) {
        return prefix + "logout" + part(subject) + part(sid);
    }

    /** Nobody begins two logins in the same moment. */
    private String key(OidcSession session) {
        var identity = session.identity();
        var login = identity.issuer() + "\n" + identity.subject() + "\n"
                + session.times().loginStartedAt();
        return prefix + "session " + Fingerprint.of(login, 64);
    }

    private String key(String jti) {
        return prefix + "jti " + Fingerprint.of(jti, 64);
    }

    private static boolean isPlain(String text) {
        return text.length() <= LONGEST && Printable.isPrintableAscii(text);
    }

    private static String part(Optional<String> name) {
        return name.map(text -> isPlain(text) ? text : Fingerprint.of(text, 64))
                .map(text -> " " + text.length() + " " + text)
                .orElse(" -");
    }
}
