// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.Caller;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.session.LogoutMarks;

/** The session that a request brings: whether it still holds, and until when. */
final class ExistingSession {
    /** Use is written down this often, so that not every request changes the session. */
    private static final Duration COARSEST = Duration.ofMinutes(1);

    private final String issuer;
    private final Limits limits;
    private final LogoutMarks marks;
    private final Duration precision;
    private final Clock clock;

    /**
     * When a session ends by itself, besides its absolute limit, which it carries.
     *
     * @param idle how long it lasts unused
     * @param withIdToken whether it ends when the ID token expires
     */
    record Limits(Duration idle, boolean withIdToken) {}

    ExistingSession(String issuer, Limits limits, LogoutMarks marks, Clock clock) {
        this.issuer = issuer;
        this.limits = limits;
        this.marks = marks;
        var fine = limits.idle().dividedBy(10);
        this.precision = fine.compareTo(COARSEST) < 0 ? fine : COARSEST;
        this.clock = clock;
    }

    /** The session, if it holds; counts as use. A session that is over is ended. */
    Optional<OidcSession> use(OidcRequest request) {
        var handle = request.session();
        var session = handle.load().filter(this::ours);
        if (session.isEmpty()) {
            return session;
        }
        if (!holds(session.get())) {
            end(handle, session.get());
            return Optional.empty();
        }
        return touched(handle, session.get());
    }

    /** The session, if it holds. Changes nothing. */
    Optional<OidcSession> look(OidcRequest request) {
        return request.session().load().filter(session -> ours(session) && holds(session));
    }

    /** The session whether it holds or not: somebody who signs out means it. */
    Optional<OidcSession> remembered(OidcRequest request) {
        return request.session().load().filter(this::ours);
    }

    /** Whether neither a limit nor a logout has ended the session. */
    boolean holds(OidcSession session) {
        return clock.instant().isBefore(expiry(session)) && !marks.end(session);
    }

    Caller caller(OidcSession session) {
        return new SessionCaller(session, expiry(session));
    }

    /** The earliest of the limits. */
    Instant expiry(OidcSession session) {
        var times = session.times();
        var end = earlier(times.lastUsedAt().plus(limits.idle()), times.endsAt());
        return limits.withIdToken() ? earlier(end, session.tokens().validity().idTokenExpiresAt()) : end;
    }

    /** A session of another provider is not a session here. */
    private boolean ours(OidcSession session) {
        return session.identity().issuer().equals(issuer);
    }

    private Optional<OidcSession> touched(SessionHandle handle, OidcSession session) {
        var now = clock.instant();
        if (now.isBefore(session.times().lastUsedAt().plus(precision))) {
            return Optional.of(session);
        }
        return handle.update(stored -> Optional.of(stored.sameLoginAs(session) ? stored.usedAt(now) : stored))
                .filter(session::sameLoginAs);
    }

    /** Ends this session, but none that somebody has begun meanwhile. */
    private static void end(SessionHandle handle, OidcSession session) {
        handle.update(stored -> stored.sameLoginAs(session) ? Optional.empty() : Optional.of(stored));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
