// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.OidcEvent.LoggedIn;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.RoleMapper;

/** Classes of the application that {@code oidc.event-listeners} names. */
class EventListenersTest {
    private static final String TELLING = "alice-and-her-secret";
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    /** A listener that can be closed. */
    public static final class First implements OidcEventListener, AutoCloseable {
        static volatile Consumer<OidcEvent> deed = event -> {};

        @Override
        public void on(OidcEvent event) {
            HEARD.add("first");
            deed.accept(event);
        }

        @Override
        public void close() {
            HEARD.add("first closed");
        }
    }

    /** A listener that cannot be closed well. */
    public static final class Second implements OidcEventListener, AutoCloseable {
        @Override
        public void on(OidcEvent event) {
            HEARD.add("second");
        }

        @Override
        public void close() throws IOException {
            throw new IOException(TELLING);
        }
    }

    /** A listener that cannot be made. */
    public static final class Broken implements OidcEventListener {
        public Broken() {
            throw new IllegalStateException(TELLING);
        }

        @Override
        public void on(OidcEvent event) {}
    }

    @BeforeEach
    void forget() {
        HEARD.clear();
        First.deed = event -> {};
    }

    @Test
    void areToldInTheirOrderInTheThreadOfTheRequestAndClosedWithTheFilter() throws Exception {
        var threads = new CopyOnWriteArrayList<Thread>();
        First.deed = event -> threads.add(Thread.currentThread());
        try (var log = new LogRecorder()) {
            try (var application = Application.with(listeners(First.class, Second.class))) {
                application.browser().logIn("/page");
                assertEquals(List.of("first", "second"), HEARD);
                assertInstanceOf(LoggedIn.class, application.events.get(0));
                assertEquals(List.of(Thread.currentThread()), threads);
            }
            assertEquals(List.of("first", "second", "first closed"), HEARD);
            assertTrue(
                    log.lines().toString().contains("$Second could not be closed: java.io.IOException at "),
                    log.lines()::toString);
            assertFalse(log.lines().toString().contains(TELLING));
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsLoggedWithoutWhatItSaysAndChangesNothing(Consumer<OidcEvent> failure) throws Exception {
        First.deed = failure;
        try (var log = new LogRecorder();
                var application = Application.with(listeners(First.class, Second.class))) {
            var browser = application.browser();
            assertEquals(302, browser.logIn("/page").status());
            assertTrue(browser.proceed(PlainRequest.get("/page")).caller().isPresent());
            assertEquals(List.of("first", "second"), HEARD, "the others are told all the same");
            var logged = log.lines().stream()
                    .filter(line -> line.startsWith("A listener to events failed: java."))
                    .toList();
            assertEquals(1, logged.size(), log.lines()::toString);
            assertTrue(logged.get(0).contains("EventListenersTest$First.on("), logged::toString);
            assertFalse(log.lines().toString().contains(TELLING), log.lines()::toString);
        }
    }

    static List<Consumer<OidcEvent>> failures() {
        return List.of(
                event -> {
                    throw new IllegalStateException(TELLING, new IOException(TELLING));
                },
                event -> {
                    throw new NoClassDefFoundError(TELLING);
                },
                event -> {
                    throw new AssertionError(TELLING);
                },
                event -> EventListenersTest.<RuntimeException>sneak(new IOException(TELLING)));
    }

    /** As languages do that know no checked exceptions. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is the trick
    private static <E extends Exception> void sneak(Exception failure) throws E {
        throw (E) failure;
    }

    @Test
    void oneThatCannotBeMadeEndsTheStartAndThoseBeforeItAreClosed() {
        var failure = assertThrows(
                ConfigurationException.class, () -> Application.with(listeners(First.class, Broken.class)));
        assertEquals(
                List.of("oidc.event-listeners must be a class whose constructor does not end in"
                        + " java.lang.IllegalStateException, not '" + Broken.class.getName() + "'"),
                failure.problems());
        assertEquals(List.of("first closed"), HEARD);
    }

    @Test
    void areClosedIfTheRoleMapperCannotBeMade() {
        var settings =
                Map.of("oidc.event-listeners", First.class.getName(), "oidc.role-mapper", BrokenMapper.class.getName());
        assertThrows(ConfigurationException.class, () -> Application.with(settings));
        assertEquals(List.of("first closed"), HEARD);
    }

    /** A mapper that cannot be made. */
    public static final class BrokenMapper implements RoleMapper {
        public BrokenMapper() {
            throw new IllegalStateException(TELLING);
        }

        @Override
        public Set<String> roles(EndUser user) {
            return Set.of();
        }
    }

    @Test
    void whatIsNoListenerIsAProblemOfTheConfiguration() {
        var failure = assertThrows(
                ConfigurationException.class,
                () -> Application.with(Map.of("oidc.event-listeners", "java.lang.String")));
        assertEquals(
                List.of("oidc.event-listeners must be a class that implements org.oidcfilter.OidcEventListener, not"
                        + " 'java.lang.String'"),
                failure.problems());
    }

    private static Map<String, String> listeners(Class<?>... types) {
        return Map.of(
                "oidc.event-listeners",
                String.join(", ", List.of(types).stream().map(Class::getName).toList()));
    }
}
