// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Caller;

class CallerRequestTest {
    private static final Caller ALICE =
            Fake.of(Caller.class, Map.of("getName", "Alice", "roles", Set.of("admin", "*", "**")));

    private final Exchange exchange = new Exchange();
    private final HttpServletRequest original = exchange.request();
    private final Filter filter = new Filter();

    private CallerRequest nobodys() {
        return new CallerRequest(original, null, filter);
    }

    private CallerRequest alices() {
        return new CallerRequest(original, ALICE, filter);
    }

    @Test
    void nobodyHasNeitherNameNorRoles() {
        var request = nobodys();
        assertNull(request.getUserPrincipal());
        assertNull(request.getRemoteUser());
        assertNull(request.getAuthType());
        for (var role : List.of("admin", "*", "**", "")) {
            assertFalse(request.isUserInRole(role), role);
        }
    }

    @Test
    void aCallerIsTheUserOfTheRequest() {
        var request = alices();
        assertSame(ALICE, request.getUserPrincipal());
        assertEquals("Alice", request.getRemoteUser());
        assertEquals("OIDC", request.getAuthType());
    }

    @Test
    @Tag("RC-16")
    void rolesAreThoseOfTheCallerExceptThatStarsHaveAMeaning() {
        var request = alices();
        assertTrue(request.isUserInRole("admin"));
        assertFalse(request.isUserInRole("Admin"));
        assertFalse(request.isUserInRole("*"), "nobody, even if a provider calls a role so");
        assertFalse(request.isUserInRole(null));
        var withoutRoles = Fake.of(Caller.class, Map.of("roles", Set.of()));
        assertTrue(new CallerRequest(original, withoutRoles, filter).isUserInRole("**"), "whoever is logged in");
        assertFalse(new CallerRequest(original, withoutRoles, filter).isUserInRole("admin"));
    }

    @Test
    void whoIsLoggedInIsNotAskedAgain() throws IOException {
        assertTrue(alices().authenticate(exchange.response()));
        assertEquals(List.of(), filter.calls);
    }

    @Test
    void whoeverTheFilterFindsIsTheCallerFromThenOn() throws IOException {
        var request = nobodys();
        filter.found = ALICE;
        assertTrue(request.authenticate(exchange.response()));
        assertSame(ALICE, request.getUserPrincipal());
        assertTrue(request.authenticate(exchange.response()));
        assertEquals(List.of("authenticate"), filter.calls);
    }

    @Test
    @Tag("RC-17")
    void whereALoginIsNeededNobodyIsLoggedInYet() throws IOException {
        var request = nobodys();
        assertFalse(request.authenticate(exchange.response()));
        assertNull(request.getUserPrincipal());
    }

    @Test
    @Tag("RC-17")
    void namesAndPasswordsAreForTheProvider() {
        var request = nobodys();
        assertThrows(ServletException.class, () -> request.login("alice", "secret"));
        assertNull(request.getUserPrincipal());
    }

    @Test
    @Tag("RC-17")
    void aLogoutEndsTheSessionAndTheCallerIsGone() throws Exception {
        var request = alices();
        request.logout();
        assertEquals(List.of("logout"), filter.calls);
        assertNull(request.getUserPrincipal());
        assertFalse(request.isUserInRole("admin"));
    }

    private final class Filter implements CallerRequest.Authentication {
        final List<String> calls = new ArrayList<>();

        @Nullable
        Caller found;

        @Override
        public @Nullable Caller authenticate(HttpServletRequest request, HttpServletResponse response) {
            assertSame(original, request);
            calls.add("authenticate");
            return found;
        }

        @Override
        public void logout(HttpServletRequest request) {
            assertSame(original, request);
            calls.add("logout");
        }
    }
}
