// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.Caller;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;

/** The session that a request brings: whether it still holds, and until when. */
final class ExistingSession {
    /** Use is written down this often, so that not every request changes the session. */
    private static final Duration COARSEST = Duration.ofMinutes(1);

    private final String issuer;
    private final Duration idleTimeout;
    private final Duration precision;
    private final Clock clock;

    ExistingSession(String issuer, Duration idleTimeout, Clock clock) {
        this.issuer = issuer;
        this.idleTimeout = idleTimeout;
        var fine = idleTimeout.dividedBy(10);
        this.precision = fine.compareTo(COARSEST) < 0 ? fine : COARSEST;
        this.clock = clock;
    }

    /** The session, if it holds; counts as use. A session that is over is ended. */
    Optional<OidcSession> use(OidcRequest request) {
        var now = clock.instant();
        var session = request.session().load().filter(this::ours);
        if (session.isEmpty()) {
            return session;
        }
        if (!holds(session.get(), now)) {
            request.session().end();
            return Optional.empty();
        }
        return session.map(current -> touched(request, current, now));
    }

    /** The session, if it holds. Changes nothing. */
    Optional<OidcSession> look(OidcRequest request) {
        var now = clock.instant();
        return request.session().load().filter(session -> ours(session) && holds(session, now));
    }

    /** The session whether it holds or not: somebody who signs out means it. */
    Optional<OidcSession> remembered(OidcRequest request) {
        return request.session().load().filter(this::ours);
    }

    Caller caller(OidcSession session) {
        return new SessionCaller(session, expiry(session));
    }

    /** The earlier of the idle and the absolute limit. */
    Instant expiry(OidcSession session) {
        var idle = session.times().lastUsedAt().plus(idleTimeout);
        var end = session.times().endsAt();
        return idle.isBefore(end) ? idle : end;
    }

    /** A session of another provider is not a session here. */
    private boolean ours(OidcSession session) {
        return session.identity().issuer().equals(issuer);
    }

    private boolean holds(OidcSession session, Instant now) {
        return now.isBefore(expiry(session));
    }

    private OidcSession touched(OidcRequest request, OidcSession session, Instant now) {
        if (now.isBefore(session.times().lastUsedAt().plus(precision))) {
            return session;
        }
        var used = session.usedAt(now);
        request.session().replace(used);
        return used;
    }
}
