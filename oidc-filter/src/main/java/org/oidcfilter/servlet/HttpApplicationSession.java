// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
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
        if (claimed(Optional.of(owner))) {
            request.changeSessionId();
        }
    }

    @Override
    public void use(Optional<String> owner) {
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
    private boolean claimed(Optional<String> owner) {
        var session = request.getSession(false);
        try {
            return session != null && claimed(session, owner);
        } catch (IllegalStateException e) {
            return false; // invalidated by another request at this moment
        }
    }

    private boolean claimed(HttpSession session, Optional<String> owner) {
        var known = session.getAttribute(attribute);
        var others = known != null && !Optional.of(known).equals(owner);
        if (others || (owner.isPresent() && request.isRequestedSessionIdFromURL())) {
            ContainerSession.end(request, session, attribute);
            return false;
        }
        if (known == null && owner.isPresent()) {
            session.setAttribute(attribute, owner.get());
        }
        return true;
    }
}
