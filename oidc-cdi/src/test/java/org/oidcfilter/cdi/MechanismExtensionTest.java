// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Caller;
import org.oidcfilter.cdi.openid.DefinitionExtension;

/** Without a server that knows the caller: the API of Jakarta Security lies beside our own classes. */
class MechanismExtensionTest {
    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new DefinitionExtension(), new MechanismExtension())
            .addBeanClasses(CurrentCaller.class, OfTheServer.class, Requests.class, Shop.class)
            .initialize();

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void theStandardsBeansKnowTheCaller() {
        during(alice(), shop -> {
            assertEquals("alice", shop.principal.getName());
            assertEquals("alice", shop.security.getCallerPrincipal().getName());
            assertEquals(1, shop.security.getPrincipalsByType(Caller.class).size());
            assertEquals(Set.of(), shop.security.getPrincipalsByType(CurrentPrincipal.class));
        });
    }

    @Test
    void rolesAreThoseOfServlets() {
        during(alice(), shop -> {
            assertTrue(shop.security.isCallerInRole("user"));
            assertTrue(shop.security.isCallerInRole("**"));
            assertFalse(shop.security.isCallerInRole("*"));
            assertFalse(shop.security.isCallerInRole("admin"));
        });
    }

    @Test
    void nobodyHasNoRoleAndNoName() {
        during(null, shop -> {
            assertNull(shop.security.getCallerPrincipal());
            assertFalse(shop.security.isCallerInRole("**"));
            assertEquals(Set.of(), shop.security.getPrincipalsByType(Principal.class));
            assertThrows(IllegalStateException.class, shop.principal::getName);
        });
    }

    @Test
    void whatOnlyServersKnowIsNotGuessed() {
        during(
                alice(),
                shop -> assertThrows(
                        UnsupportedOperationException.class, () -> shop.security.hasAccessToWebResource("/admin")));
    }

    private void during(@Nullable Caller caller, Consumer<Shop> visit) {
        var requests = container.select(RequestContextController.class).get();
        requests.activate();
        try {
            container.select(Requests.class).get().caller(caller);
            container.select(Shop.class).get().serve(visit);
        } finally {
            requests.deactivate();
        }
    }

    private static Caller alice() {
        return proxy(Caller.class, method -> switch (method) {
            case "getName" -> "alice";
            case "roles" -> Set.of("user");
            case "hashCode" -> 1;
            default -> throw new AssertionError(method);
        });
    }

    private static <T> T proxy(Class<T> type, java.util.function.Function<String, @Nullable Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.apply(method.getName())));
    }

    /** What a server brings, which knows nobody. */
    @ApplicationScoped
    static class OfTheServer {
        @Produces
        @Typed(SecurityContext.class)
        SecurityContext context() {
            throw new AssertionError("the server's context is asked");
        }
    }

    /** What a server has of each request; wins over that of the container, which has none here. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    public static class Requests {
        private @Nullable Caller caller;

        public void caller(@Nullable Caller now) {
            this.caller = now;
        }

        @Produces
        public HttpServletRequest request() {
            return proxy(HttpServletRequest.class, method -> caller);
        }
    }

    /** A bean that outlives requests, and knows only the standard. */
    @ApplicationScoped
    public static class Shop {
        @Inject
        SecurityContext security;

        @Inject
        Principal principal;

        public void serve(Consumer<Shop> visit) {
            visit.accept(this);
        }
    }
}
