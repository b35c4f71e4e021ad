// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.LocalSessions;
import org.oidcfilter.LogoutMark;

/**
 * The sessions that this node holds in memory, by the names that logouts have for them. Sessions enter and leave as the
 * container binds and unbinds them, so that none is held longer than the container holds it.
 */
final class SessionIndex implements LocalSessions {
    private final Map<String, List<Entry>> bySid = new ConcurrentHashMap<>();
    private final Map<String, List<Entry>> bySubject = new ConcurrentHashMap<>();

    private record Entry(StoredSession stored, HttpSession http) {}

    void add(StoredSession stored, HttpSession http) {
        var identity = stored.session().identity();
        var entry = new Entry(stored, http);
        add(bySubject, identity.subject(), entry);
        identity.sid().ifPresent(sid -> add(bySid, sid, entry));
    }

    void remove(StoredSession stored) {
        var identity = stored.session().identity();
        remove(bySubject, identity.subject(), stored);
        identity.sid().ifPresent(sid -> remove(bySid, sid, stored));
    }

    @Override
    public int end(LogoutMark mark) {
        var candidates = mark.sid()
                .map(sid -> bySid.getOrDefault(sid, List.of()))
                .orElseGet(() -> bySubject.getOrDefault(mark.subject().orElse(""), List.of()));
        return (int) candidates.stream()
                .filter(entry -> mark.ends(entry.stored().session()))
                .filter(SessionIndex::invalidate)
                .count();
    }

    /** How many sessions there are. */
    long size() {
        return Stream.of(bySubject.values())
                .flatMap(lists -> lists.stream())
                .mapToLong(List::size)
                .sum();
    }

    private static boolean invalidate(Entry entry) {
        try {
            entry.http().invalidate();
            return true;
        } catch (IllegalStateException e) {
            return false; // it has ended already, or the container lets nobody touch it outside its own requests
        }
    }

    /** Lists are replaced, never changed: whoever reads one reads a consistent one. */
    private static void add(Map<String, List<Entry>> index, String name, Entry entry) {
        index.merge(name, List.of(entry), (some, more) -> Stream.concat(some.stream(), more.stream())
                .toList());
    }

    private static void remove(Map<String, List<Entry>> index, String name, StoredSession stored) {
        index.computeIfPresent(name, (key, entries) -> without(entries, stored));
    }

    private static @Nullable List<Entry> without(List<Entry> entries, StoredSession stored) {
        var rest = entries.stream()
                .filter(entry -> !Objects.equals(entry.stored(), stored))
                .toList();
        return rest.isEmpty() ? null : rest;
    }
}
