// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.OidcEvent.LoggedIn;
import org.oidcfilter.OidcEvent.LoggedOut;
import org.oidcfilter.OidcEvent.LogoutCause;
import org.oidcfilter.OidcEvent.Refreshed;
import org.oidcfilter.OidcEvent.Rejectable;
import org.oidcfilter.OidcEvent.Rejected;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.OidcSession;
import org.oidcfilter.token.LogoutToken;

/** Tells the application what has happened, once. Whatever its listeners do, it has happened. */
final class Events implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    /** Requests that are under way at the same time can end the same session; later ones find that it has ended. */
    private static final Duration SAME_TIME = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 10_000;

    private final String issuer;
    private final List<OidcEventListener> listeners;
    private final Clock clock;
    private final Cache<String, Boolean> ended = Caffeine.newBuilder()
            .expireAfterWrite(SAME_TIME)
            .maximumSize(MOST_AT_ONCE)
            .executor(Runnable::run)
            .build();

    /** @param listeners are told in this order, and closed with this */
    Events(String issuer, List<OidcEventListener> listeners, Clock clock) {
        this.issuer = issuer;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** Failures that the application is told of. */
    Failures failures(Rejectable what) {
        return new Failures(
                (reason, reference) -> tell(new Rejected(clock.instant(), issuer, what, reason, reference)));
    }

    void loggedIn(OidcSession session) {
        var proof = session.authentication();
        tell(new LoggedIn(clock.instant(), session.identity(), proof.acr(), proof.time()));
    }

    void refreshed(OidcSession session) {
        tell(new Refreshed(clock.instant(), session.identity()));
    }

    /** @param everywhere whether all sessions of the caller have ended with it */
    void loggedOut(OidcSession session, LogoutCause cause, boolean everywhere) {
        var identity = session.identity();
        var login = identity.subject() + "\n" + session.times().loginStartedAt();
        if (isFirst("session " + login)) {
            loggedOut(
                    Optional.of(identity.subject()), everywhere ? Optional.empty() : identity.sid(), everywhere, cause);
        }
    }

    /** Of a session of which nothing else is known. */
    void loggedOut(String sid, LogoutCause cause) {
        loggedOut(Optional.empty(), Optional.of(sid), false, cause);
    }

    void loggedOut(LogoutToken token) {
        if (isFirst("token " + token.jti())) {
            loggedOut(token.subject(), token.sid(), token.sid().isEmpty(), LogoutCause.BACK_CHANNEL);
        }
    }

    @Override
    public void close() {
        listeners.forEach(ApplicationFailure::close);
    }

    private void loggedOut(Optional<String> subject, Optional<String> sid, boolean everywhere, LogoutCause cause) {
        tell(new LoggedOut(clock.instant(), issuer, subject, sid, everywhere, cause));
    }

    private boolean isFirst(String end) {
        return ended.asMap().putIfAbsent(end, true) == null;
    }

    private void tell(OidcEvent event) {
        for (var listener : listeners) {
            try {
                listener.on(event);
            } catch (Exception | Error e) { // other languages know no checked exceptions
                LOG.log(
                        Level.WARNING,
                        () -> "A listener to events failed: " + ApplicationFailure.described(e, listener.getClass()));
            }
        }
    }
}
