// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oidcfilter.OidcSession;

/** Ends a session that lives in the container's. */
final class ContainerSession {
    private ContainerSession() {}

    /**
     * Ends the session in {@code attribute}, without the request that brought it, which may be over, if {@code condition} holds for it, and the container's with it, unless another
     * filter of the application keeps a session there as well. What the application stored stays with that one, but goes to
     * nobody who logs in here later.
     *
     * @return whether there was one to end
     */
    static boolean end(HttpSession http, String attribute, Predicate<OidcSession> condition) {
        try {
            var ended = SessionLocks.alone(http.getId(), () -> {
                var meant = content(http, attribute).filter(condition).isPresent();
                if (meant) {
                    http.setAttribute(attribute, StoredSession.ended());
                }
                return meant;
            });
            if (ended) {
                invalidateUnlessShared(http, attribute);
            }
            return ended;
        } catch (IllegalStateException e) {
            return false; // it has ended already, or the container lets nobody touch it outside its own requests
        }
    }

    /** Ends the session and what the application stored. Other filters of the application keep theirs, in a new one. */
    static void end(HttpServletRequest request, HttpSession session, String own) {
        try {
            var others = othersIn(session, own).collect(Collectors.toMap(name -> name, session::getAttribute));
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

    /** After the attribute says that the session has ended: whoever logs in from now on does so elsewhere. */
    static void invalidateUnlessShared(HttpSession http, String attribute) {
        try {
            if (othersIn(http, attribute).findAny().isEmpty()) {
                http.invalidate();
            }
        } catch (IllegalStateException e) {
            // Somebody else who found it ended was faster.
        }
    }

    static Optional<OidcSession> content(HttpSession http, String attribute) {
        return http.getAttribute(attribute) instanceof StoredSession stored ? stored.content() : Optional.empty();
    }

    /** The attributes of other filters. */
    static Stream<String> othersIn(HttpSession http, String own) {
        return Collections.list(http.getAttributeNames()).stream()
                .filter(name -> name.startsWith(HttpSessionHandle.PREFIX) && !name.equals(own))
                .filter(name -> http.getAttribute(name) != null);
    }
}
