// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

class HttpSessionHandleTest {
    private static final String OURS = HttpSessionHandle.PREFIX + "ours";
    private static final String OTHERS = HttpSessionHandle.PREFIX + "others";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Container container = new Container();
    private final HttpSessionHandle handle = new HttpSessionHandle(container.request(), OURS);

    @Test
    void aNewSessionDoesNotKeepAnIdThatTheBrowserBrought() {
        container.nextId = "planted";
        handle.begin(session("alice"));
        assertNotEquals("planted", container.id);
        assertEquals("alice", subject());
    }

    @Test
    void anAnonymousSessionIsGoneOnUnderAnotherId() {
        container.create("known-before");
        container.attributes.put("basket", "apples");
        handle.begin(session("alice"));
        assertNotEquals("known-before", container.id);
        assertEquals("apples", container.attributes.get("basket"));
    }

    @Test
    void whatOnePersonLeftIsNotHandedToTheNext() {
        handle.begin(session("alice"));
        container.attributes.put("basket", "alice's");
        handle.begin(session("bob"));
        assertEquals(Set.of(OURS), container.attributes.keySet());
        assertEquals("bob", subject());
    }

    @Test
    void anIdFromTheUrlNeitherAuthenticatesNorSurvivesALogin() {
        handle.begin(session("alice"));
        container.idFromUrl = true;
        assertEquals(Optional.empty(), handle.load());
        container.attributes.put("basket", "planted");
        handle.begin(session("alice"));
        assertEquals(Set.of(OURS), container.attributes.keySet());
    }

    @Test
    void anEndTakesTheApplicationsDataAlongAndLeavesOtherFiltersTheirs() {
        handle.begin(session("alice"));
        container.attributes.put("basket", "alice's");
        container.attributes.put(OTHERS, session("carol"));
        var before = container.id;
        handle.end();
        assertEquals(Set.of(OTHERS), container.attributes.keySet());
        assertNotEquals(before, container.id);
    }

    @Test
    void anEndOfTheOnlySessionLeavesNone() {
        handle.begin(session("alice"));
        handle.end();
        assertTrue(container.id == null);
        handle.end();
    }

    @Test
    void aNewVersionReplacesOnlyTheOneThatWasLoaded() {
        var alice = session("alice");
        handle.begin(alice);
        handle.load();
        handle.replace(alice.usedAt(NOW.plusSeconds(60)));
        assertEquals(NOW.plusSeconds(60), stored().times().lastUsedAt());

        container.attributes.put(OURS, session("bob"));
        handle.replace(alice.usedAt(NOW.plusSeconds(120)));
        assertEquals("bob", subject());

        container.attributes.clear();
        handle.replace(alice.usedAt(NOW.plusSeconds(120)));
        assertTrue(container.attributes.isEmpty(), "an ended session does not come back");
    }

    private String subject() {
        return stored().identity().subject();
    }

    private OidcSession stored() {
        return (OidcSession) container.attributes.getOrDefault(OURS, new Object());
    }

    private static OidcSession session(String subject) {
        return new OidcSession(
                new OidcSession.Identity("https://id.example", subject, Optional.empty(), subject, Set.of()),
                new OidcSession.Tokens(
                        Secret.of("token of " + subject),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(NOW, NOW, NOW.plusSeconds(3600)));
    }

    /** The little of a container that sessions need; it lets the browser choose the id of a new session. */
    private static final class Container {
        final Map<String, Object> attributes = new HashMap<>();

        @Nullable
        String id;

        String nextId = "id-0";
        boolean idFromUrl;
        private int ids;

        void create(String newId) {
            attributes.clear();
            id = newId;
        }

        HttpServletRequest request() {
            return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
                case "isRequestedSessionIdFromURL" -> idFromUrl;
                case "getSession" -> session((Boolean) arguments[0]);
                case "changeSessionId" -> rename();
                default -> throw new UnsupportedOperationException(name);
            });
        }

        private @Nullable HttpSession session(boolean create) {
            if (id == null && create) {
                create(nextId);
            }
            return id == null
                    ? null
                    : proxy(HttpSession.class, (name, arguments) -> switch (name) {
                        case "getAttribute" -> attributes.get((String) arguments[0]);
                        case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                        case "getAttributeNames" -> Collections.enumeration(Set.copyOf(attributes.keySet()));
                        case "invalidate" -> invalidate();
                        default -> throw new UnsupportedOperationException(name);
                    });
        }

        private Object rename() {
            ids++;
            id = "id-" + ids;
            return "id-" + ids;
        }

        private @Nullable Object invalidate() {
            attributes.clear();
            id = null;
            return null;
        }

        private interface Answers {
            @Nullable
            Object answer(String method, Object[] arguments);
        }

        private static <T> T proxy(Class<T> type, Answers answers) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) ->
                            answers.answer(method.getName(), arguments == null ? new Object[0] : arguments)));
        }
    }
}
