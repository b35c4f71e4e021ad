// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;

/** Keeps the session as an attribute of the container's {@link HttpSession}, so that its time-outs and clustering apply. */
final class HttpSessionHandle implements SessionHandle {
    static final String PREFIX = "org.oidcfilter.session.";

    private final HttpServletRequest request;
    private final String attribute;
    private @Nullable OidcSession loaded;

    HttpSessionHandle(HttpServletRequest request, String attribute) {
        this.request = request;
        this.attribute = attribute;
    }

    @Override
    public Optional<OidcSession> load() {
        var session = current();
        try {
            loaded = session == null ? null : read(session);
        } catch (IllegalStateException e) {
            loaded = null; // invalidated by another request at this moment
        }
        return Optional.ofNullable(loaded);
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
            end(before);
        }
        var http = request.getSession(true);
        request.changeSessionId();
        http.setAttribute(attribute, session);
    }

    @Override
    public void replace(OidcSession session) {
        var http = current();
        try {
            if (http != null && isAsLoaded(read(http))) {
                http.setAttribute(attribute, session);
            }
        } catch (IllegalStateException e) {
            // invalidated by another request at this moment: it stays ended
        }
    }

    @Override
    public void end() {
        var session = request.getSession(false);
        if (session != null) {
            end(session);
        }
    }

    /** Ends the session and what the application stored. Other filters of the application keep theirs, in a new one. */
    private void end(HttpSession session) {
        try {
            var others = ofOtherFilters(session, attribute);
            session.invalidate();
            if (!others.isEmpty()) {
                var fresh = request.getSession(true);
                request.changeSessionId();
                others.forEach(fresh::setAttribute);
            }
        } catch (IllegalStateException e) {
            // invalidated by another request at this moment: that is what was wanted
        }
    }

    private static Map<String, Object> ofOtherFilters(HttpSession session, String own) {
        return Collections.list(session.getAttributeNames()).stream()
                .filter(name -> name.startsWith(PREFIX) && !name.equals(own))
                .filter(name -> session.getAttribute(name) != null)
                .collect(Collectors.toMap(name -> name, session::getAttribute));
    }

    /** An id in the URL can be handed to somebody else, so it never authenticates. */
    private @Nullable HttpSession current() {
        return request.isRequestedSessionIdFromURL() ? null : request.getSession(false);
    }

    private @Nullable OidcSession read(HttpSession session) {
        return session.getAttribute(attribute) instanceof OidcSession found ? found : null;
    }

    /** Session stores may hand out a copy each time, so content decides. */
    private boolean isAsLoaded(@Nullable OidcSession stored) {
        var known = loaded;
        return stored != null
                && known != null
                && stored.times().equals(known.times())
                && stored.tokens().equals(known.tokens());
    }

    private boolean continues(HttpSession session, OidcSession next) {
        if (request.isRequestedSessionIdFromURL()) {
            return false;
        }
        try {
            var previous = read(session);
            return previous == null || previous.sameCallerAs(next);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
