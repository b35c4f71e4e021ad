// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who changes a container's session does it alone on this node. Containers hand out several objects for one session, and a
 * session gets a new id when somebody logs in, so ids are locked: the old and the new one together while it changes. A
 * fixed number of locks serves all sessions; none is held while anything is waited for.
 */
final class SessionLocks {
    private static final int COUNT = 256;
    private static final Object[] LOCKS =
            Stream.generate(Object::new).limit(COUNT).toArray();

    private SessionLocks() {}

    static <T> T alone(String id, Supplier<T> change) {
        synchronized (LOCKS[stripe(id)]) {
            return change.get();
        }
    }

    /** Always in the same order, so that two changes never wait for each other. */
    static <T> T alone(String oldId, String newId, Supplier<T> change) {
        var one = stripe(oldId);
        var other = stripe(newId);
        synchronized (LOCKS[Math.min(one, other)]) {
            synchronized (LOCKS[Math.max(one, other)]) {
                return change.get();
            }
        }
    }

    private static int stripe(String id) {
        return Math.floorMod(id.hashCode(), COUNT);
    }
}
