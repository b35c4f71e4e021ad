// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Who is logged in at the provider, by browser. */
final class Sessions {
    private static final int LIMIT = 10_000;

    private final Map<String, Session> byCookie = new LinkedHashMap<>();
    private final Terms terms;
    private final String cookieName;

    /** Browsers share cookies between the ports of a host, so the port is part of the name. */
    Sessions(Terms terms, int port) {
        this.terms = terms;
        this.cookieName = "development-provider-" + port;
    }

    synchronized Optional<Session> of(Request request) {
        return request.cookie(cookieName).map(byCookie::get);
    }

    /** Logs a user in; the same user in the same browser continues the session (same {@code sid}). */
    synchronized LoggedIn logIn(Request request, User user) {
        Session session = of(request)
                .filter(old -> old.username().equals(user.username()))
                .map(old -> old.authenticatedAgain(terms.clock().instant()))
                .orElseGet(() -> begin(user));
        request.cookie(cookieName).ifPresent(byCookie::remove);
        if (byCookie.size() == LIMIT) {
            byCookie.remove(byCookie.keySet().iterator().next());
        }
        String cookie = RandomText.ofBits(256);
        byCookie.put(cookie, session);
        return new LoggedIn(session, cookieName + "=" + cookie + "; Path=/; HttpOnly; SameSite=Lax");
    }

    /** The client now holds tokens of this session. */
    synchronized void join(String sid, String clientId) {
        byCookie.replaceAll((cookie, session) -> session.sid().equals(sid) ? session.joinedBy(clientId) : session);
    }

    synchronized List<Session> all() {
        return List.copyOf(byCookie.values());
    }

    synchronized Optional<Session> withSid(String sid) {
        return all().stream().filter(session -> session.sid().equals(sid)).findFirst();
    }

    synchronized List<Session> end(Predicate<Session> condition) {
        List<Session> ended = all().stream().filter(condition).toList();
        byCookie.values().removeAll(ended);
        return ended;
    }

    private Session begin(User user) {
        return new Session(
                RandomText.ofBits(128), user.username(), terms.clock().instant(), Set.of());
    }

    /**
     * A fresh login.
     *
     * @param setCookie the value of the {@code Set-Cookie} header
     */
    record LoggedIn(Session session, String setCookie) {
        /** The session only: the cookie is a secret. */
        @Override
        public String toString() {
            return "LoggedIn[" + session + "]";
        }
    }
}
