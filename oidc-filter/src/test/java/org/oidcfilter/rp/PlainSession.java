// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SetCookie;

/** A session in a variable; counts what was done to it. */
final class PlainSession implements SessionHandle {
    volatile Optional<OidcSession> stored = Optional.empty();
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger replaced = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    /** What the application keeps, and cookies that are set while it answers, where sessions are in cookies. */
    final PlainApplicationSession application = new PlainApplicationSession();

    final List<SetCookie> late = new CopyOnWriteArrayList<>();

    @Override
    public Optional<OidcSession> load() {
        return stored;
    }

    @Override
    public synchronized void begin(OidcSession session) {
        begun.incrementAndGet();
        stored = Optional.of(session);
    }

    @Override
    public synchronized Optional<OidcSession> update(Function<OidcSession, Optional<OidcSession>> change) {
        var before = stored;
        var after = before.flatMap(change);
        if (before.isPresent() && after.isEmpty()) {
            end();
        } else if (before.isPresent() && before.get() != after.get()) {
            replaced.incrementAndGet();
            stored = after;
        }
        return after;
    }

    @Override
    public synchronized void end() {
        ended.incrementAndGet();
        stored = Optional.empty();
    }
}
