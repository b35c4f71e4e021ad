// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SharedState;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.protocol.Printable;

/**
 * The logouts that all nodes know of. A logout is a mark, not a search: it costs the same however many sessions there are,
 * and a session finds out when it is used next.
 */
public final class LogoutMarks {
    /** Longer names, and names that are not ASCII, are replaced by their fingerprint. */
    private static final int LONGEST = 120;

    /** For a megabyte or so. */
    private static final int MOST_REMEMBERED = 2000;

    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private final SharedState sharedState;
    private final Scope scope;
    private final Clock clock;
    private final AtomicBoolean blind = new AtomicBoolean();
    private final UnstoredMarks unstored;

    /** The keys of the sessions in use: they are asked for with each request. Copies are never the same object again. */
    private final LoadingCache<OidcSession, List<String>> keys = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(MOST_REMEMBERED)
            .executor(Runnable::run)
            .build(this::keys);

    /**
     * Whose logouts these are, and what they are worth.
     *
     * @param application tells apart those that share an engine, by printable ASCII of at most 40 characters
     * @param lifetime how long a session can last from the start of its login
     * @param dispensable whether a session goes on while nobody can tell if a logout has ended it
     * @param copies whether sessions are kept where there may be copies of them
     */
    public record Scope(String application, Duration lifetime, boolean dispensable, boolean copies) {}

    public LogoutMarks(SharedState sharedState, Scope scope, Clock clock) {
        this.sharedState = sharedState;
        this.scope = scope;
        this.clock = clock;
        this.unstored = new UnstoredMarks(this::store, scope.lifetime(), clock);
    }

    /** A logout that happens now. */
    public LogoutMark now(Optional<String> subject, Optional<String> sid) {
        return LogoutMark.at(clock.instant(), subject, sid);
    }

    /** A logout from within {@code session}: not before its login, though the clock of the node that began it be ahead. */
    public LogoutMark now(OidcSession session, Optional<String> subject, Optional<String> sid) {
        return LogoutMark.at(notBefore(session), subject, sid);
    }

    private Instant notBefore(OidcSession session) {
        var now = clock.instant();
        var began = session.times().loginStartedAt();
        return now.isBefore(began) ? began : now;
    }

    /** Remembers a logout for as long as a session can last that it ends. */
    public void store(LogoutMark mark) {
        sharedState.mark(key(mark.subject(), mark.sid()), mark.at(), scope.lifetime());
    }

    /** Remembers a logout here that could not be stored, and stores it when the engine answers a request again. */
    public void storeLater(LogoutMark mark) {
        unstored.add(key(mark.subject(), mark.sid()), mark);
    }

    /**
     * Whether a logout has ended {@code session}.
     *
     * @throws SharedStateException if that cannot be told, unless sessions go on then
     */
    public boolean end(OidcSession session) {
        if (unstored.end(session)) {
            unstored.store();
            return true;
        }
        try {
            var latest = latest(session);
            if (blind.get()) { // all requests share it
                blind.set(false);
            }
            unstored.store();
            return latest.isPresent() && !latest.get().isBefore(session.times().loginStartedAt());
        } catch (SharedStateException e) {
            if (!scope.dispensable()) {
                throw e;
            }
            if (!blind.getAndSet(true)) {
                LOG.log(Level.WARNING, "Sessions are served without knowing whether a logout has ended them");
            }
            return false;
        }
    }

    /**
     * Makes sure that one can ask for logouts now, before something is done that cannot be done twice.
     *
     * @throws SharedStateException if not, unless sessions go on then
     */
    public void requireAnswer() {
        try {
            sharedState.marked(List.of(scope.application() + " any"));
        } catch (SharedStateException e) {
            if (!scope.dispensable()) {
                throw e;
            }
        }
    }

    /** Remembers the end of this one session, of which there may be copies. */
    public void storeEnd(OidcSession session) {
        sharedState.mark(key(session), notBefore(session), scope.lifetime());
    }

    /** Whether the logout token with this {@code jti} has been here before. */
    public boolean knows(String jti) {
        return sharedState.marked(List.of(key(jti))).isPresent();
    }

    /** Remembers a logout token until its own rules keep it from being accepted. */
    public void remember(String jti, Instant acceptableUntil) {
        var now = clock.instant();
        if (now.isBefore(acceptableUntil)) {
            sharedState.mark(key(jti), now, Duration.between(now, acceptableUntil));
        }
    }

    /** One look at the engine for every mark that could be about this session. */
    private Optional<Instant> latest(OidcSession session) {
        return sharedState.marked(scope.copies() ? keys(session) : keys.get(session));
    }

    private List<String> keys(OidcSession session) {
        var subject = Optional.of(session.identity().subject());
        var sid = session.identity().sid();
        var all = new ArrayList<String>();
        all.add(key(subject, Optional.empty()));
        if (sid.isPresent()) {
            all.add(key(Optional.empty(), sid));
            all.add(key(subject, sid));
        }
        if (scope.copies()) {
            all.add(key(session));
        }
        return List.copyOf(all);
    }

    /** No subject or sid can be written so that its key is another's: each part says how long it is. */
    private String key(Optional<String> subject, Optional<String> sid) {
        return scope.application() + " logout" + part(subject) + part(sid);
    }

    /** Copies of the sessions that this one followed end with it. Nobody begins two logins in the same moment. */
    private String key(OidcSession session) {
        var identity = session.identity();
        var login = identity.issuer() + "\n" + identity.subject() + "\n"
                + session.times().firstLoginStartedAt();
        return scope.application() + " session " + Fingerprint.of(login, 64);
    }

    private String key(String jti) {
        return scope.application() + " jti " + Fingerprint.of(jti, 64);
    }

    private static boolean isPlain(String text) {
        return text.length() <= LONGEST && Printable.isPrintableAscii(text);
    }

    private static String part(Optional<String> name) {
        return name.map(text -> isPlain(text) ? text : Fingerprint.of(text, 64))
                .map(text -> " " + text.length() + " " + text)
                .orElse(" -");
    }
}
