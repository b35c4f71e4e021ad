// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.Caller;
import org.oidcfilter.Reason;

class AccessExtensionTest {
    private final Warnings warnings = new Warnings();
    private final SeContainer container = start();
    private final Requests requests = container.select(Requests.class).get();
    private final Office office = container.select(Office.class).get();

    private SeContainer start() {
        var log = Logger.getLogger("org.oidcfilter");
        log.addHandler(warnings);
        try {
            return SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addExtensions(new AccessExtension())
                    .addBeanClasses(
                            Office.class,
                            Requests.class,
                            OfTheContainer.class,
                            Listening.class,
                            Basket.class,
                            Branch.class,
                            Silent.class)
                    .initialize();
        } finally {
            log.removeHandler(warnings);
        }
    }

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void methodsLetThroughWhomTheirAnnotationsAllow() {
        requests.come("user");
        assertEquals("plain", office.plain());
        assertEquals("open", office.open());
        assertReason(Reason.FORBIDDEN, office::closed);
        assertReason(Reason.FORBIDDEN, office::admin);
        requests.come("admin");
        assertEquals("admin", office.admin());
        assertReason(Reason.FORBIDDEN, office::plain);
    }

    @Test
    void nobodyIsNobody() {
        assertEquals("open", office.open());
        assertEquals("inherited", office.inherited());
        assertReason(Reason.LOGIN_REQUIRED, office::plain);
        assertReason(Reason.LOGIN_REQUIRED, office::inheritedAdmin);
        assertReason(Reason.FORBIDDEN, office::closed);
    }

    @Test
    void whatIsCalledOutsideOfRequestsIsCalledByNobody() {
        for (var failure : List.of(new ContextNotActiveException(), new IllegalStateException("no request"))) {
            requests.fail(failure);
            assertReason(Reason.LOGIN_REQUIRED, office::plain);
            assertEquals("open", office.open());
        }
    }

    @Test
    void beansThatCallEachOtherAreChecked() {
        requests.come("user");
        assertReason(Reason.FORBIDDEN, () -> office.packagePrivateAdmin());
    }

    @Test
    void saysWhichAnnotationsCannotBeChecked() {
        assertEquals(1, warnings.texts.size());
        assertTrue(warnings.texts.get(0).contains("Office.hidden"), warnings.texts.get(0));
        assertTrue(warnings.texts.get(0).contains("Office.ofTheClass"), warnings.texts.get(0));
        assertTrue(warnings.texts.get(0).contains("OfTheContainer.alone"), warnings.texts.get(0));
        assertTrue(warnings.texts.get(0).contains("Silent.inheritedAdmin (takes the place"), warnings.texts.get(0));
    }

    @Test
    void beansOfAllKindsAreChecked() {
        assertReason(
                Reason.LOGIN_REQUIRED,
                () -> container.select(Listening.class).get().admin());
        assertReason(
                Reason.LOGIN_REQUIRED,
                () -> container.select(Branch.class).get().ofTheBase());
    }

    /** The container of the servlet knows its annotations. */
    @Test
    void servletsAreLeftAlone() {
        assertEquals("mine", container.select(OfTheContainer.class).get().call());
    }

    private static void assertReason(Reason reason, Runnable call) {
        assertEquals(
                reason, assertThrows(AccessDeniedException.class, call::run).reason());
    }

    static class Building {
        public String inherited() {
            return "inherited";
        }

        @RolesAllowed("admin")
        public String inheritedAdmin() {
            return "inherited";
        }
    }

    @ApplicationScoped
    @RolesAllowed("user")
    static class Office extends Building {
        public String plain() {
            return "plain";
        }

        @PermitAll
        public String open() {
            return "open" + ofTheClass() + hidden();
        }

        @DenyAll
        public String closed() {
            return "closed";
        }

        @RolesAllowed("admin")
        public String admin() {
            return "admin";
        }

        @RolesAllowed("admin")
        String packagePrivateAdmin() {
            return "admin";
        }

        @RolesAllowed("admin")
        private String hidden() {
            return "";
        }

        @RolesAllowed("admin")
        static String ofTheClass() {
            return "";
        }
    }

    @ApplicationScoped
    @DenyAll
    static class OfTheContainer extends HttpServlet {
        private static final long serialVersionUID = 1L;

        public String call() {
            return "mine";
        }

        @RolesAllowed("admin")
        public String alone() {
            return "mine";
        }
    }

    @ApplicationScoped
    static class Listening implements EventListener {
        @RolesAllowed("admin")
        public String admin() {
            return "admin";
        }
    }

    /** Rests on disk with its interceptors, or is not deployed. */
    @SessionScoped
    static class Basket implements Serializable {
        private static final long serialVersionUID = 1L;

        @RolesAllowed("admin")
        public String admin() {
            return "admin";
        }
    }

    @RolesAllowed("user")
    abstract static class Base {
        public String ofTheBase() {
            return "base";
        }
    }

    @ApplicationScoped
    public static class Branch extends Base {}

    @ApplicationScoped
    static class Silent extends Building {
        @Override
        public String inheritedAdmin() {
            return "not heard";
        }
    }

    /** What a server has of each request. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    public static class Requests {
        private @Nullable Caller caller;
        private @Nullable RuntimeException failure;

        public void come(String role) {
            caller = (Caller) Proxy.newProxyInstance(
                    Caller.class.getClassLoader(), new Class<?>[] {Caller.class}, (proxy, method, arguments) -> {
                        assertEquals("roles", method.getName());
                        return Set.of(role);
                    });
        }

        public void fail(RuntimeException with) {
            failure = with;
        }

        @Produces
        public HttpServletRequest request() {
            return (HttpServletRequest) Proxy.newProxyInstance(
                    Requests.class.getClassLoader(),
                    new Class<?>[] {HttpServletRequest.class},
                    (proxy, method, arguments) -> {
                        if (failure != null) {
                            throw failure;
                        }
                        return caller;
                    });
        }
    }

    private static final class Warnings extends Handler {
        private final List<String> texts = new ArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            texts.add(logged.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
