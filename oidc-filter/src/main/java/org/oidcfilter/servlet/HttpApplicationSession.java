// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.oidcfilter.ApplicationSession;

/**
 * The container's session, where it is the application's alone. An attribute says whose it is. Once the request is over, it
 * is left to the next one.
 */
final class HttpApplicationSession implements ApplicationSession {
    private final HttpServletRequest request;
    private final String attribute;
    private final ResponseCookies answer;

    HttpApplicationSession(HttpServletRequest request, String attribute, ResponseCookies answer) {
        this.request = request;
        this.attribute = attribute;
        this.answer = answer;
    }

    @Override
    public void begin(String owner) {
        if (claimed(Optional.of(owner))) {
            request.changeSessionId();
        }
    }

    /** What comes from before the login, by whatever way, goes on under another id; what the application makes is theirs. */
    @Override
    public void use(Optional<String> owner) {
        var unclaimed = isUnclaimed();
        if (claimed(owner) && owner.isPresent() && unclaimed) {
            request.changeSessionId();
        }
        answer.atTheEnd(() -> claimed(owner));
    }

    @Override
    public void end() {
        var session = answer.isOpen() ? request.getSession(false) : null;
        if (session != null) {
            ContainerSession.end(request, session, attribute);
        }
        answer.atTheEnd(() -> {}); // what the application makes from now on is nobody's
    }

    private boolean isUnclaimed() {
        var session = answer.isOpen() ? request.getSession(false) : null;
        try {
            return session != null && session.getAttribute(attribute) == null;
        } catch (IllegalStateException e) {
            return false; // invalidated by another request at this moment
        }
    }

    /** Whether there is one and it is theirs now; anybody else's is ended. */
    private boolean claimed(Optional<String> owner) {
        var session = answer.isOpen() ? request.getSession(false) : null;
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
