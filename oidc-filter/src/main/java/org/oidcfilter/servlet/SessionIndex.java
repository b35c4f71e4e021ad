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

    /** @param id the id of {@code http} when it came in */
    private record Entry(StoredSession stored, HttpSession http, String id, String attribute) {}

    void add(StoredSession stored, HttpSession http, String attribute) {
        var identity = stored.session().identity();
        var entry = new Entry(stored, http, http.getId(), attribute);
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
                .filter(entry -> ContainerSession.end(entry.http(), entry.attribute(), mark::ends))
                .count();
    }

    /** How many sessions there are. */
    long size() {
        return Stream.of(bySubject.values())
                .flatMap(lists -> lists.stream())
                .mapToLong(List::size)
                .sum();
    }

    /** Lists are replaced, never changed: whoever reads one reads a consistent one. A container's session is there once. */
    private static void add(Map<String, List<Entry>> index, String name, Entry entry) {
        index.compute(name, (key, entries) -> {
            var others = entries == null ? Stream.<Entry>empty() : entries.stream();
            return Stream.concat(others.filter(other -> !other.id().equals(entry.id())), Stream.of(entry))
                    .toList();
        });
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
