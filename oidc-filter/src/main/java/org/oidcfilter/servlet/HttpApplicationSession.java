// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.oidcfilter.ApplicationSession;

/** The container's session, where it is the application's alone. An attribute says whose it is. */
final class HttpApplicationSession implements ApplicationSession {
    private final HttpServletRequest request;
    private final String attribute;

    HttpApplicationSession(HttpServletRequest request, String attribute) {
        this.request = request;
        this.attribute = attribute;
    }

    @Override
    public void begin(String owner) {
        if (claimed(owner)) {
            request.changeSessionId();
        }
    }

    @Override
    public void use(String owner) {
        claimed(owner);
    }

    @Override
    public void end() {
        var session = request.getSession(false);
        if (session != null) {
            ContainerSession.end(request, session, attribute);
        }
    }

    /** Whether there is one and it is theirs now; anybody else's is ended. */
    private boolean claimed(String owner) {
        var session = request.getSession(false);
        try {
            return session != null && claimed(session, owner);
        } catch (IllegalStateException e) {
            return false; // invalidated by another request at this moment
        }
    }

    private boolean claimed(HttpSession session, String owner) {
        var known = session.getAttribute(attribute);
        if (request.isRequestedSessionIdFromURL() || !(known == null || owner.equals(known))) {
            ContainerSession.end(request, session, attribute);
            return false;
        }
        if (known == null) {
            session.setAttribute(attribute, owner);
        }
        return true;
    }
}
