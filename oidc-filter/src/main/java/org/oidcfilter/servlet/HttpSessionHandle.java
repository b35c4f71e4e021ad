// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;

/** Keeps the session as an attribute of the container's {@link HttpSession}, so that its time-outs and clustering apply. */
final class HttpSessionHandle implements SessionHandle {
    static final String PREFIX = "org.oidcfilter.session.";

    private final HttpServletRequest request;
    private final String attribute;

    HttpSessionHandle(HttpServletRequest request, String attribute) {
        this.request = request;
        this.attribute = attribute;
    }

    @Override
    public Optional<OidcSession> load() {
        var session = current();
        try {
            return session == null ? Optional.empty() : Optional.ofNullable(read(session));
        } catch (IllegalStateException e) {
            return Optional.empty(); // invalidated by another request at this moment
        }
    }

    /**
     * A session id that was known before the login, to anybody, is worth nothing after it. What another person left in
     * the session is not handed to this one.
     */
    @Override
    public void begin(OidcSession session) {
        var before = request.getSession(false);
        if (before != null && !continues(before, session)) {
            before.invalidate();
            before = null;
        }
        var http = request.getSession(true);
        if (before != null) {
            request.changeSessionId();
        }
        http.setAttribute(attribute, session);
    }

    @Override
    public void replace(OidcSession session) {
        var http = current();
        try {
            if (http != null && read(http) != null) {
                http.setAttribute(attribute, session);
            }
        } catch (IllegalStateException e) {
            // invalidated by another request at this moment: it stays ended
        }
    }

    @Override
    public void end() {
        var session = request.getSession(false);
        try {
            if (session != null && sharedWithOthers(session)) {
                session.removeAttribute(attribute);
            } else if (session != null) {
                session.invalidate();
            }
        } catch (IllegalStateException e) {
            // invalidated by another request at this moment: that is what was wanted
        }
    }

    /** An id in the URL can be handed to somebody else, so it never authenticates. */
    private @Nullable HttpSession current() {
        return request.isRequestedSessionIdFromURL() ? null : request.getSession(false);
    }

    private @Nullable OidcSession read(HttpSession session) {
        return session.getAttribute(attribute) instanceof OidcSession found ? found : null;
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

    /** Whether another filter of the same application keeps its session here. */
    private boolean sharedWithOthers(HttpSession session) {
        return Collections.list(session.getAttributeNames()).stream()
                .anyMatch(name -> name.startsWith(PREFIX) && !name.equals(attribute));
    }
}
