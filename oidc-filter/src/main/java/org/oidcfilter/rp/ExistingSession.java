// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.session.LogoutMarks;

/** The session that a request brings: whether it still holds, and until when. */
final class ExistingSession {
    /** Use is written down this often, so that not every request changes the session. */
    private static final Duration COARSEST = Duration.ofMinutes(1);

    private final String issuer;
    private final Limits limits;
    private final LogoutMarks marks;
    private final Refresh refresh;
    private final long precisionMillis;
    private final Clock clock;

    /**
     * When a session ends by itself, besides its absolute limit, which it carries.
     *
     * @param idle how long it lasts unused
     * @param withIdToken whether it ends when the ID token expires
     * @param withAccessToken whether it ends when the access token expires
     * @param inCookies whether use is written down in the answer: not where caches may keep it, at paths that need no login,
     *     and not with tokens that another request is about to replace
     */
    record Limits(Duration idle, boolean withIdToken, boolean withAccessToken, boolean inCookies) {}

    ExistingSession(String issuer, Limits limits, LogoutMarks marks, Refresh refresh, Clock clock) {
        this.issuer = issuer;
        this.limits = limits;
        this.marks = marks;
        this.refresh = refresh;
        var fine = limits.idle().dividedBy(10);
        this.precisionMillis = (fine.compareTo(COARSEST) < 0 ? fine : COARSEST).toMillis();
        this.clock = clock;
    }

    /**
     * What a request finds.
     *
     * @param session the session, if it holds
     * @param over the session that was there but is over
     */
    record Found(Optional<OidcSession> session, Optional<OidcSession> over) {
        private static final Found NOTHING = new Found(Optional.empty(), Optional.empty());
    }

    /**
     * The session of a request; counts as use. A session that is over is ended.
     *
     * @param fresh whether its tokens are renewed if it is time to
     */
    Found use(OidcRequest request, boolean fresh) {
        var handle = request.session();
        var loaded = handle.load();
        if (loaded.isEmpty() || !ours(loaded.get())) {
            return Found.NOTHING;
        }
        var now = clock.instant();
        var session = loaded;
        if (over(loaded.get(), now)) {
            session = Optional.empty();
        } else if (isToBeTouched(loaded.get(), now) || (fresh && refresh.due(loaded.get(), now))) {
            session = changed(handle, loaded.get(), fresh);
        }
        if (session.isEmpty()) {
            end(handle, loaded.get());
            return new Found(session, loaded);
        }
        return isVouchedFor(session.get()) ? new Found(session, Optional.empty()) : Found.NOTHING;
    }

    /** What use makes of a session once in a while; whoever adds to it has to tell {@link #use} when. Empty if it is over by then. */
    private Optional<OidcSession> changed(SessionHandle handle, OidcSession session, boolean fresh) {
        return Optional.of(session)
                .flatMap(known -> mayTouch(known, fresh) ? touched(handle, known) : Optional.of(known))
                .flatMap(known -> fresh ? refresh.fresh(handle, known) : Optional.of(known))
                .flatMap(known -> limits.inCookies() && mayTouch(known, fresh) // not before
                        ? touched(handle, known)
                        : Optional.of(known))
                .filter(known -> known == session || holdsStill(session, known));
    }

    private boolean mayTouch(OidcSession session, boolean fresh) {
        return !limits.inCookies() || (fresh && !refresh.isAboutToReplace(session));
    }

    /** What has changed may have ended meanwhile, and then nobody needs the tokens that it has got. */
    private boolean holdsStill(OidcSession before, OidcSession session) {
        var ended = over(session);
        if (ended && !session.tokens().accessToken().equals(before.tokens().accessToken())) {
            refresh.discard(session);
        }
        return !ended;
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
        return !over(session) && isVouchedFor(session);
    }

    /** Whether {@code session} is still to be ended, as far as can be told. */
    boolean goesOn(OidcSession session) {
        try {
            return !over(session);
        } catch (SharedStateException e) {
            return true;
        }
    }

    /** What has become of {@code session}, with tokens that are fresh; empty if it has ended. */
    Optional<OidcSession> fresh(SessionHandle handle, OidcSession session) {
        return handle.load()
                .filter(session::sameCallerAs)
                .filter(stored -> !over(stored))
                .flatMap(stored -> refresh.fresh(handle, stored))
                .filter(this::holds);
    }

    /** The earliest of the limits. */
    Instant expiry(OidcSession session) {
        var times = session.times();
        var validity = session.tokens().validity();
        var end = earlier(times.lastUsedAt().plus(limits.idle()), times.endsAt());
        if (limits.withIdToken() && !validity.idTokenRenewable()) {
            end = earlier(end, validity.idTokenExpiresAt());
        }
        return limits.withAccessToken() && validity.refreshAt().isEmpty()
                ? earlier(end, validity.accessTokenExpiresAt().orElse(end))
                : end;
    }

    private boolean over(OidcSession session) {
        return over(session, clock.instant());
    }

    private boolean over(OidcSession session, Instant now) {
        return !now.isBefore(expiry(session)) || marks.end(session);
    }

    /** A token that has expired, where it limits the session, leaves it in wait for a new one. */
    private boolean isVouchedFor(OidcSession session) {
        var validity = session.tokens().validity();
        return (!limits.withIdToken() || clock.instant().isBefore(validity.idTokenExpiresAt()))
                && (!limits.withAccessToken()
                        || validity.accessTokenExpiresAt()
                                .map(end -> clock.instant().isBefore(end))
                                .orElse(true));
    }

    /** A session of another provider is not a session here. */
    private boolean ours(OidcSession session) {
        return session.identity().issuer().equals(issuer);
    }

    private Optional<OidcSession> touched(SessionHandle handle, OidcSession session) {
        var now = clock.instant();
        if (!isToBeTouched(session, now)) {
            return Optional.of(session);
        }
        return handle.update(stored -> Optional.of(stored.sameLoginAs(session) ? stored.usedAt(now) : stored))
                .filter(session::sameLoginAs);
    }

    private boolean isToBeTouched(OidcSession session, Instant now) {
        return now.toEpochMilli() - session.times().lastUsedAt().toEpochMilli() >= precisionMillis;
    }

    /** Ends this session, but none that somebody has begun meanwhile. */
    private static void end(SessionHandle handle, OidcSession session) {
        handle.update(stored -> stored.sameLoginAs(session) ? Optional.empty() : Optional.of(stored));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
