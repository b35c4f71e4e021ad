// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The little of a container that sessions need; it lets the browser choose the id of a new session. Whatever is asked of it
 * is done at once or not at all, in the order in which threads ask.
 */
final class Container {
    final Map<String, Object> attributes = new HashMap<>();

    @Nullable
    String id;

    String nextId = "id-0";
    boolean idFromUrl;

    /** Where a thread has to wait: before it does what is named here, once. */
    final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    private int ids;
    private @Nullable HttpSession current;

    /** A moment at which a thread is kept until the test lets it go on. */
    static final class Pause {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        void here() {
            reached.countDown();
            await(over);
        }

        void awaitArrival() {
            await(reached);
        }

        void end() {
            over.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertTrue(latch.await(20, TimeUnit.SECONDS), "nobody came");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void create(String newId) {
        attributes.clear();
        id = newId;
        current = newSession();
    }

    HttpServletRequest request() {
        return Fake.of(HttpServletRequest.class, (name, arguments) -> {
            pause(name);
            synchronized (this) {
                return switch (name) {
                    case "isRequestedSessionIdFromURL" -> idFromUrl;
                    case "getSession" -> session((Boolean) arguments[0]);
                    case "changeSessionId" -> rename();
                    default -> throw new UnsupportedOperationException(name);
                };
            }
        });
    }

    private void pause(String name) {
        var pause = pauses.remove(name);
        if (pause != null) {
            pause.here();
        }
    }

    private @Nullable HttpSession session(boolean create) {
        if (id == null && create) {
            create(nextId);
        }
        return current;
    }

    private HttpSession newSession() {
        var valid = new AtomicBoolean(true);
        return Fake.of(HttpSession.class, (name, arguments) -> {
            pause(name);
            synchronized (this) {
                if (!valid.get()) {
                    throw new IllegalStateException("invalidated");
                }
                return answer(valid, name, arguments);
            }
        });
    }

    private @Nullable Object answer(AtomicBoolean valid, String name, Object[] arguments) {
        return switch (name) {
            case "getId" -> String.valueOf(id);
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> bind((String) arguments[0], arguments[1]);
            case "removeAttribute" -> unbind((String) arguments[0], attributes.remove((String) arguments[0]));
            case "getAttributeNames" -> Collections.enumeration(Set.copyOf(attributes.keySet()));
            case "invalidate" -> {
                valid.set(false);
                yield invalidate();
            }
            default -> throw new UnsupportedOperationException(name);
        };
    }

    private @Nullable Object bind(String name, Object value) {
        if (value instanceof StoredSession stored) {
            stored.valueBound(new HttpSessionBindingEvent(Objects.requireNonNull(current), name));
        }
        return unbind(name, attributes.put(name, value));
    }

    private @Nullable Object unbind(String name, @Nullable Object value) {
        if (value instanceof StoredSession stored) {
            stored.valueUnbound(new HttpSessionBindingEvent(Objects.requireNonNull(current), name));
        }
        return null;
    }

    private String rename() {
        if (current == null) {
            throw new IllegalStateException("there is no session");
        }
        ids++;
        id = "id-" + ids;
        return "id-" + ids;
    }

    private @Nullable Object invalidate() {
        Map.copyOf(attributes).forEach(this::unbind);
        attributes.clear();
        id = null;
        current = null;
        return null;
    }
}
