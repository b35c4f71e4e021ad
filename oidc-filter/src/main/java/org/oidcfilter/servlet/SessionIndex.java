// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.LocalSessions;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;

/**
 * The sessions that this node holds in memory, by the names that logouts have for them. Sessions enter and leave as the
 * container binds and unbinds them, so that none is held longer than the container holds it.
 *
 * <p>The keys are hash codes of the names, which take less room; who has one looks at the sessions themselves.
 */
final class SessionIndex implements LocalSessions {
    private final Map<Integer, List<StoredSession>> bySid = new ConcurrentHashMap<>();
    private final Map<Integer, List<StoredSession>> bySubject = new ConcurrentHashMap<>();

    void add(StoredSession stored) {
        stored.content().map(OidcSession::identity).ifPresent(identity -> {
            add(bySubject, identity.subject(), stored);
            identity.sid().ifPresent(sid -> add(bySid, sid, stored));
        });
    }

    void remove(StoredSession stored) {
        stored.content().map(OidcSession::identity).ifPresent(identity -> {
            remove(bySubject, identity.subject(), stored);
            identity.sid().ifPresent(sid -> remove(bySid, sid, stored));
        });
    }

    @Override
    public int end(LogoutMark mark) {
        var candidates = mark.sid().isPresent()
                ? bySid.get(mark.sid().get().hashCode())
                : bySubject.get(mark.subject().orElseThrow().hashCode());
        return candidates == null
                ? 0
                : (int) candidates.stream().filter(stored -> stored.end(mark)).count();
    }

    /** How many sessions there are. */
    long size() {
        return bySubject.values().stream().mapToLong(List::size).sum();
    }

    /** Lists are replaced, never changed: whoever reads one reads a consistent one. A container's session is there once. */
    private static void add(Map<Integer, List<StoredSession>> index, String name, StoredSession stored) {
        index.compute(name.hashCode(), (key, known) -> known == null ? List.of(stored) : with(known, stored));
    }

    private static List<StoredSession> with(List<StoredSession> known, StoredSession stored) {
        var all = new ArrayList<>(known);
        all.removeIf(other -> other.isWhere(stored));
        all.add(stored);
        return List.copyOf(all);
    }

    private static void remove(Map<Integer, List<StoredSession>> index, String name, StoredSession stored) {
        index.computeIfPresent(name.hashCode(), (key, known) -> without(known, stored));
    }

    private static @Nullable List<StoredSession> without(List<StoredSession> known, StoredSession stored) {
        var rest = new ArrayList<>(known);
        rest.removeIf(other -> other == stored);
        return rest.isEmpty() ? null : List.copyOf(rest);
    }
}
