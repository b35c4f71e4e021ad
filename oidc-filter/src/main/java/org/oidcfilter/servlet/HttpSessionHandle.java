// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;

/** Keeps the session as an attribute of the container's {@link HttpSession}, so that its time-outs and clustering apply. */
final class HttpSessionHandle implements SessionHandle {
    static final String PREFIX = "org.oidcfilter.session.";

    private final HttpServletRequest request;
    private final Place place;

    /** The container's session that the request came with. The container uses request objects again for other people. */
    private @Nullable HttpSession came;

    private boolean known;

    /**
     * Where sessions are kept.
     *
     * @param attribute the name of the attribute
     * @param index the sessions that this node holds
     */
    record Place(String attribute, SessionIndex index) {}

    HttpSessionHandle(HttpServletRequest request, Place place) {
        this.request = request;
        this.place = place;
    }

    @Override
    public Optional<OidcSession> load() {
        var http = came();
        return http == null ? Optional.empty() : orGone(() -> read(http));
    }

    /**
     * A session id that was known before the login, to anybody, is worth nothing after it: containers let a browser bring
     * the id of a new session along, if another application knows it. What another person left in the session is not
     * handed to this one.
     */
    @Override
    public void begin(OidcSession session) {
        try {
            store(session);
        } catch (IllegalStateException e) {
            store(session); // another request has just ended the old session: this one begins anew
        }
    }

    private void store(OidcSession session) {
        var before = request.getSession(false);
        if (before != null && !continues(before, session)) {
            ContainerSession.end(request, before, place.attribute());
        }
        var http = request.getSession(true);
        var oldId = http.getId();
        var newId = request.changeSessionId();
        SessionLocks.alone(oldId, newId, () -> writeUnlessEnded(http, session));
        came = http;
        known = true;
    }

    /** Who ends a session says so in the attribute first and invalidates it later: it would take this one along. */
    private OidcSession writeUnlessEnded(HttpSession http, OidcSession session) {
        if (http.getAttribute(place.attribute()) instanceof StoredSession stored
                && stored.content().isEmpty()) {
            throw new IllegalStateException("the session has just ended");
        }
        return write(http, session);
    }

    @Override
    public Optional<OidcSession> update(Function<OidcSession, Optional<OidcSession>> change) {
        var http = came();
        return http == null ? Optional.empty() : orGone(() -> updated(http, change));
    }

    private Optional<OidcSession> updated(HttpSession http, Function<OidcSession, Optional<OidcSession>> change) {
        var before = read(http);
        var after = SessionLocks.alone(http.getId(), () -> changed(http, change));
        if (before.isPresent() && after.isEmpty()) {
            ContainerSession.invalidateUnlessShared(http, place.attribute());
        }
        return after;
    }

    private Optional<OidcSession> changed(HttpSession http, Function<OidcSession, Optional<OidcSession>> change) {
        var stored = read(http);
        var next = stored.flatMap(change);
        if (stored.isPresent() && next.isEmpty()) {
            http.setAttribute(place.attribute(), StoredSession.ended());
        } else if (next.isPresent() && next.get() != stored.get()) {
            write(http, next.get());
        }
        return next;
    }

    @Override
    public void end() {
        var session = request.getSession(false);
        if (session != null) {
            ContainerSession.end(request, session, place.attribute());
        }
    }

    /** An id in the URL can be handed to somebody else, so it never authenticates. */
    private @Nullable HttpSession came() {
        if (!known) {
            came = request.isRequestedSessionIdFromURL() ? null : request.getSession(false);
            known = true;
        }
        return came;
    }

    private Optional<OidcSession> read(HttpSession http) {
        if (!(http.getAttribute(place.attribute()) instanceof StoredSession stored)) {
            return Optional.empty();
        }
        stored.seenIn(http, place);
        return stored.content();
    }

    private OidcSession write(HttpSession http, OidcSession session) {
        http.setAttribute(place.attribute(), new StoredSession(session, place.index()));
        return session;
    }

    /** A session that another request invalidates at this moment is none. */
    private static Optional<OidcSession> orGone(Supplier<Optional<OidcSession>> look) {
        try {
            return look.get();
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** What cannot be read, or has ended, was somebody's. */
    private boolean continues(HttpSession session, OidcSession next) {
        if (request.isRequestedSessionIdFromURL()) {
            return false;
        }
        try {
            return session.getAttribute(place.attribute()) == null
                    || read(session).filter(next::sameCallerAs).isPresent();
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
