// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.OidcEvent.LoggedOut;
import org.oidcfilter.OidcEvent.LogoutCause;
import org.oidcfilter.OidcEvent.Rejectable;
import org.oidcfilter.OidcEvent.Rejected;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.Reason;
import org.oidcfilter.servlet.ServletRelyingParty;

class EventExtensionTest {
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();
    private static final OidcEvent LOGOUT = new LoggedOut(
            Instant.EPOCH, "https://id.example", Optional.empty(), Optional.of("sid"), false, LogoutCause.LINK);
    private static final OidcEvent REJECTION =
            new Rejected(Instant.EPOCH, "https://id.example", Rejectable.LOGIN, Reason.STATE_UNKNOWN, "0123456789ab");

    private final Map<String, Object> attributes = new HashMap<>();
    private final ServletContext context = (ServletContext) Proxy.newProxyInstance(
            EventExtensionTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                case "removeAttribute" -> attributes.remove((String) arguments[0]);
                default -> throw new AssertionError(method);
            });

    @BeforeEach
    void forget() {
        HEARD.clear();
    }

    @Test
    void beansObserveTheEventsThatTheyName() {
        try (var container = container(AuditLog.class)) {
            begin(container).on(LOGOUT);
            assertEquals(
                    List.of("any LoggedOut", "logout LINK"),
                    HEARD.stream().sorted().toList());
            HEARD.clear();
            listener().on(REJECTION);
            assertEquals(List.of("any Rejected"), HEARD);
        }
    }

    /** Where there is a request of CDI, and where there is none yet. */
    @Test
    void anObserverMayHaveBeansOfTheRequest() {
        try (var container = container(AuditLog.class)) {
            begin(container).on(REJECTION);
            var requests = container.select(RequestContextController.class).get();
            requests.activate();
            try {
                container.select(OfTheRequest.class).get().note("of this request");
                listener().on(REJECTION);
                assertEquals(
                        "of this request",
                        container.select(OfTheRequest.class).get().noted());
            } finally {
                requests.deactivate();
            }
            assertEquals(List.of("any Rejected", "any Rejected of this request"), HEARD);
        }
    }

    @Test
    void nobodyIsToldAnyMoreWhenTheBeansGo() {
        try (var container = container(AuditLog.class)) {
            begin(container);
            container
                    .getBeanManager()
                    .getEvent()
                    .select(ServletContext.class, BeforeDestroyed.Literal.APPLICATION)
                    .fire(context);
            assertNull(attributes.get(ServletRelyingParty.LISTENER));
        }
    }

    @Test
    void whoWouldNeverBeToldIsNotDeployed() {
        var refusal = assertThrows(
                RuntimeException.class, () -> container(InAnotherThread.class).close());
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .contains("@ObservesAsync in " + InAnotherThread.class.getName()
                                + " would never be told of an OidcEvent"),
                refusal::toString);
    }

    private OidcEventListener begin(SeContainer container) {
        container
                .getBeanManager()
                .getEvent()
                .select(ServletContext.class, Initialized.Literal.APPLICATION)
                .fire(context);
        return listener();
    }

    private OidcEventListener listener() {
        return (OidcEventListener) Objects.requireNonNull(attributes.get(ServletRelyingParty.LISTENER));
    }

    private static SeContainer container(Class<?> type) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new EventExtension())
                .addBeanClasses(OfTheRequest.class, type)
                .initialize();
    }

    /** A bean of the application. */
    @ApplicationScoped
    public static class AuditLog {
        @Inject
        OfTheRequest request;

        void any(@Observes OidcEvent event) {
            HEARD.add(("any " + event.getClass().getSimpleName() + " " + request.noted()).strip());
        }

        void logout(@Observes LoggedOut event) {
            HEARD.add("logout " + event.cause());
        }
    }

    /** A bean of each request. */
    @RequestScoped
    public static class OfTheRequest {
        private String noted = "";

        public void note(String text) {
            noted = text;
        }

        public String noted() {
            return noted;
        }
    }

    /** A bean that means well. */
    @ApplicationScoped
    public static class InAnotherThread {
        void login(@ObservesAsync OidcEvent.LoggedIn event) {
            HEARD.add("never");
        }
    }
}
