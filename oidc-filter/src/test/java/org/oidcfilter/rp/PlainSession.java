// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.oidcfilter.OidcSession;
import org.oidcfilter.SessionHandle;

/** A session in a variable; counts what was done to it. */
final class PlainSession implements SessionHandle {
    volatile Optional<OidcSession> stored = Optional.empty();
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger replaced = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    @Override
    public Optional<OidcSession> load() {
        return stored;
    }

    @Override
    public void begin(OidcSession session) {
        begun.incrementAndGet();
        stored = Optional.of(session);
    }

    @Override
    public void replace(OidcSession session) {
        replaced.incrementAndGet();
        stored = stored.map(any -> session);
    }

    @Override
    public void end() {
        ended.incrementAndGet();
        stored = Optional.empty();
    }
}
