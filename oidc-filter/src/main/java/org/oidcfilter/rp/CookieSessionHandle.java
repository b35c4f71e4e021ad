// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SetCookie;
import org.oidcfilter.session.Fingerprint;
import org.oidcfilter.session.LogoutMarks;
import org.oidcfilter.session.SessionCookie;
import org.oidcfilter.session.StateCookie;

/**
 * The session that the cookies of one request hold. Other requests have copies of their own: what this one changes, they see
 * once the browser has the answer.
 */
final class CookieSessionHandle implements SessionHandle {
    private final OidcRequest request;

    /** As they came: containers let nobody ask a request that is over. */
    private final List<Map.Entry<String, String>> cookies;

    private final StateCookie.Scope scope;
    private final Keeping keeping;
    private final Map<String, SetCookie> changes = new LinkedHashMap<>();
    private Optional<OidcSession> current = Optional.empty();
    private boolean loaded;
    private boolean decided;

    /** How sessions are kept. */
    record Keeping(SessionCookie cookie, LogoutMarks marks) {}

    CookieSessionHandle(OidcRequest request, StateCookie.Scope scope, Keeping keeping) {
        this.request = request;
        this.cookies = List.copyOf(request.cookies());
        this.scope = scope;
        this.keeping = keeping;
    }

    @Override
    public synchronized Optional<OidcSession> load() {
        if (!loaded) {
            loaded = true;
            current = keeping.cookie().read(scope, cookies);
            if (current.isEmpty()) {
                remove(); // nothing to be believed, now or later
            }
        }
        return current;
    }

    /** The session of somebody else, of which there may be copies, is over for good, with what the application kept. */
    @Override
    public synchronized void begin(OidcSession session) {
        var before = load();
        var others = before.filter(other -> !other.sameCallerAs(session));
        others.ifPresent(keeping.marks()::storeEnd);
        others.ifPresent(other -> request.applicationSession().end());
        store(before.filter(session::sameCallerAs).map(session::continuing).orElse(session));
        request.applicationSession().begin(owner(session));
    }

    @Override
    public synchronized Optional<OidcSession> update(Function<OidcSession, Optional<OidcSession>> change) {
        var before = load();
        var after = before.flatMap(change);
        if (before.isPresent() && after.isEmpty()) {
            forget();
        } else if (after.isPresent() && after.get() != before.get()) {
            try {
                store(after.get());
            } catch (InvalidResponseException e) {
                forget(); // its tokens have grown, and the old ones may be used up
                throw e;
            }
        }
        return after;
    }

    /**
     * A copy of the cookie, wherever it is, is of no use any more.
     *
     * @throws org.oidcfilter.SharedStateException if that cannot be seen to; then nothing has changed
     */
    @Override
    public synchronized void end() {
        load().ifPresent(keeping.marks()::storeEnd);
        forget();
    }

    /** The application is about to see the request: what it keeps is the caller's, or nobody's. */
    synchronized void use() {
        if (loaded) {
            request.applicationSession().use(current.map(CookieSessionHandle::owner));
        }
    }

    /** The cookies to set with the outcome; those that come later are set at once. */
    synchronized List<SetCookie> decided() {
        decided = true;
        return List.copyOf(changes.values());
    }

    private void store(OidcSession session) {
        keeping.cookie().write(session, scope, cookies).forEach(this::set);
        current = Optional.of(session);
    }

    private void forget() {
        current = Optional.empty();
        changes.clear();
        remove();
        request.applicationSession().end();
    }

    private void remove() {
        keeping.cookie().removal(scope, cookies).forEach(this::set);
    }

    private void set(SetCookie cookie) {
        changes.put(cookie.name(), cookie);
        if (decided) {
            request.setCookie(cookie);
        }
    }

    private static String owner(OidcSession session) {
        return Fingerprint.of(
                session.identity().issuer() + "\n" + session.identity().subject(), 32);
    }
}
