// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Request;
import org.oidcfilter.devprovider.User;

/** Tokens that end and are renewed while the session lasts. Expects {@code oidc.scope} to have {@code offline_access}. */
public interface RefreshScenarios extends ProtectedApplication {

    @Test
    @Tag("RC-16")
    default void rolesAndTokensThatARefreshBringsCountAtOnce() {
        provider().register(User.named("dora").roles("user"));
        provider()
                .answer(Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.put("expires_in", 1)));
        try {
            Browser dora = new Browser();
            provider().loginAs("dora");
            dora.open(at("oidc/login?return_to=" + at("whoami").getPath()));
            String id = dora.visit(at("session")).line("session");
            String token = dora.visit(at("late?do=keep")).line("token");
            assertEquals(403, dora.visit(at("reports/may")).status());
            provider().register(User.named("dora").roles("user", "admin"));
            await(() -> dora.visit(at("reports/may")).status() == 200);
            assertEquals("true", dora.visit(at("whoami")).line("admin"));
            assertNotEquals(token, dora.visit(at("late?do=keep")).line("token"));
            provider().register(User.named("dora").roles("user"));
            await(() -> dora.visit(at("reports/may")).status() == 403);
            assertEquals(id, dora.visit(at("session")).line("session"));
        } finally {
            provider().honest();
        }
    }

    @Test
    default void tabsThatComeTogetherRenewTheTokensOnce() {
        provider().answer(Endpoint.TOKEN, (request, honest) -> honest.get()
                .editJson(json -> json.put("expires_in", isRefresh(request) ? 3600 : 1)));
        try {
            Browser alice = loggedInWithShortTokens("alice");
            List<Callable<String>> tabs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tabs.add(() -> alice.copy().visit(at("whoami")).line("subject"));
            }
            await(
                    () -> { // the first that is late enough renews them, together with all that come beside it
                        assertAll("alice", tabs);
                        return !refreshes().isEmpty();
                    });
            assertEquals(1, refreshes().size());
        } finally {
            provider().honest();
        }
    }

    @Test
    default void theSessionEndsWhenTheProviderRefusesToRenewIt() {
        provider()
                .answer(Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.put("expires_in", 1)));
        try {
            Browser bob = loggedInWithShortTokens("bob");
            provider().revokeTokens("bob");
            await(() -> bob.visit(at("whoami")).isRedirect());
            assertLoginNeeded(bob);
            assertEquals(401, bob.fetch(at("public/whoami"), at("whoami")).status());
            assertEquals("anonymous", bob.visit(at("public/whoami")).line("principal"));
        } finally {
            provider().honest();
        }
        provider().loginAs("bob");
    }

    /** Without looking at the page once more, which may renew the tokens. */
    private Browser loggedInWithShortTokens(String user) {
        Browser browser = new Browser();
        provider().loginAs(user);
        browser.open(at("oidc/login?return_to=" + at("public/whoami").getPath()));
        return browser;
    }

    private List<Request> refreshes() {
        return provider().requests("/token").stream()
                .filter(RefreshScenarios::isRefresh)
                .toList();
    }

    private static boolean isRefresh(Request request) {
        return request.form("grant_type").equals(Optional.of("refresh_token"));
    }

    private static void assertAll(String expected, List<Callable<String>> calls) {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<String> answer : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                assertEquals(expected, answer.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in vain");
        }
    }
}
