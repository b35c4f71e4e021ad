// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.AccessToken;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdClaims;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.security.enterprise.identitystore.openid.RefreshToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextExtensionTest {
    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new ContextExtension())
            .addBeanClasses(OfTheServer.class, Requests.class, Shop.class)
            .initialize();

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void ourContextWinsOverThatOfTheServer() {
        during(Alice.with(Map.of("sub", "1")), shop -> assertEquals("1", shop.context.getSubject()));
    }

    @Test
    void injectsTokensAndClaims() {
        during(Alice.with(Map.of("sub", "1", "email", "a@x.example")), shop -> {
            assertEquals("opaque", shop.accessToken.getToken());
            assertEquals("1", shop.identityToken.getJwtClaims().getSubject().orElseThrow());
            assertEquals("refresh", shop.refreshToken.getToken());
            assertEquals(Optional.of("a@x.example"), shop.claims.getEmail());
            assertThrows(IllegalArgumentException.class, () -> shop.claims.getIntClaim("email"));
        });
    }

    @Test
    void aBeanThatOutlivesRequestsNeverHoldsWhatIsOutOfDate() {
        var alice = Alice.with(Map.of("sub", "1"));
        during(alice, shop -> {
            assertEquals("opaque", shop.accessToken.getToken());
            alice.becomes(Alice.with(Map.of("sub", "1"), "renewed"));
            assertEquals("renewed", shop.accessToken.getToken());
            alice.logsOut();
            var nobody = assertThrows(IllegalStateException.class, shop.accessToken::getToken);
            assertEquals("there is no AccessToken at the moment", nobody.getMessage());
            assertNull(shop.context.getSubject());
        });
        during(Alice.with(Map.of("sub", "2"), "other"), shop -> assertEquals("other", shop.accessToken.getToken()));
    }

    private void during(Alice caller, Consumer<Shop> visit) {
        var requests = container.select(RequestContextController.class).get();
        requests.activate();
        try {
            container.select(Requests.class).get().caller(caller);
            container.select(Shop.class).get().serve(visit);
        } finally {
            requests.deactivate();
        }
    }

    /** What a server brings. */
    @ApplicationScoped
    static class OfTheServer {
        @Produces
        @Typed(OpenIdContext.class)
        OpenIdContext context() {
            throw new AssertionError("the server's context is asked");
        }
    }

    /** What a server has of each request; wins over that of the container, which has none here. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    public static class Requests {
        private @Nullable Alice caller;

        public void caller(Alice now) {
            this.caller = now;
        }

        @Produces
        public HttpServletRequest request() {
            return Alice.request(caller);
        }
    }

    /** A bean that outlives requests. */
    @ApplicationScoped
    public static class Shop {
        @Inject
        OpenIdContext context;

        @Inject
        AccessToken accessToken;

        @Inject
        IdentityToken identityToken;

        @Inject
        RefreshToken refreshToken;

        @Inject
        OpenIdClaims claims;

        public void serve(Consumer<Shop> visit) {
            visit.accept(this);
        }
    }
}
