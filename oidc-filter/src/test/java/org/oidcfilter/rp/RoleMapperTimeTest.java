// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.oidcfilter.Reason;
import org.oidcfilter.RoleMapper;
import org.oidcfilter.RoleMapperException;

/** A mapper that takes its time, as where a pool of connections is exhausted. */
@Timeout(120)
class RoleMapperTimeTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final int MOST = 50;
    private static final Map<String, String> SETTINGS =
            Map.of("oidc.scope", "openid profile offline_access", "oidc.role-mapper", Mapper.class.getName());

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Waits for a permission to answer. */
    public static final class Mapper implements RoleMapper, AutoCloseable {
        static volatile Semaphore permissions = new Semaphore(0);
        static volatile CountDownLatch asked = new CountDownLatch(1);
        static volatile CountDownLatch interrupted = new CountDownLatch(1);
        static volatile CountDownLatch closed = new CountDownLatch(1);

        @Override
        public Set<String> roles(EndUser user) {
            asked.countDown();
            try {
                permissions.acquire();
                return user.roles();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            closed.countDown();
            throw new IllegalStateException("a-secret-of-the-application");
        }
    }

    @BeforeEach
    void forget() {
        Mapper.permissions = new Semaphore(0);
        Mapper.asked = new CountDownLatch(1);
        Mapper.interrupted = new CountDownLatch(1);
        Mapper.closed = new CountDownLatch(1);
    }

    @AfterEach
    void end() {
        Mapper.permissions.release(10_000);
        threads.shutdownNow();
    }

    @Test
    void aLoginIsRefusedWhoseMapperTakesLongerThanTheProviderMay() throws Exception {
        try (var attack = LoginAttack.with(with("oidc.provider-timeout", "1s"))) {
            attack.unavailable(Reason.ROLE_MAPPER_FAILED, attack.callback());
            var line = attack.logged(Reason.ROLE_MAPPER_FAILED);
            assertTrue(line.contains("RoleMapperTimeTest$Mapper gave no answer within 1000 ms"), line);
            assertTrue(Mapper.interrupted.await(20, TimeUnit.SECONDS), "and is told so");
        }
    }

    /** One that never answers must not take the application's threads, nor ever more of its own. */
    @Test
    void onlySoManyAskAtOnce() throws Exception {
        var roles = new ConfiguredRoles(with("oidc.provider-timeout", "60s"));
        Mapper.asked = new CountDownLatch(MOST);
        var claims = Map.<String, Object>of("roles", "user");
        var answers = new ArrayList<Future<Set<String>>>();
        for (int i = 0; i < MOST; i++) {
            answers.add(threads.submit(() -> roles.of(claims)));
        }
        assertTrue(Mapper.asked.await(20, TimeUnit.SECONDS));
        var refused = assertThrows(RoleMapperException.class, () -> roles.of(claims));
        assertTrue(String.valueOf(refused.getMessage()).endsWith("is still being asked by 50 others"));
        Mapper.permissions.release(10_000);
        for (var answer : answers) {
            assertEquals(Set.of("user"), answer.get(20, TimeUnit.SECONDS));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (isRefused(roles, claims)) {
                Thread.onSpinWait(); // a place is free an instant after the answer
            }
        });
    }

    private static boolean isRefused(ConfiguredRoles roles, Map<String, Object> claims) {
        try {
            return !roles.of(claims).equals(Set.of("user"));
        } catch (RoleMapperException e) {
            return true;
        }
    }

    /** Otherwise the provider would see a refresh token twice, and take it for stolen. */
    @Test
    @Tag("RF-02")
    void noOtherNodeRenewsWhileTheMapperIsAsked() throws Exception {
        Mapper.permissions.release();
        try (var application = Application.with(with("oidc.shared-state", "jcache"));
                var otherNode = application.freshlyStarted()) {
            var here = application.browser();
            here.logIn("/page");
            var there = new PlainBrowser(otherNode);
            there.cookies.putAll(here.cookies);
            there.session.stored = here.session.stored;
            application.provider.forgetRequests();
            application.clock.advance(Duration.ofMinutes(6));
            Mapper.asked = new CountDownLatch(1);
            var first = threads.submit(() -> here.proceed(PAGE));
            assertTrue(Mapper.asked.await(20, TimeUnit.SECONDS));
            application.clock.advance(Duration.ofSeconds(11)); // the lease would be over, were there no mapper
            var second = threads.submit(() -> there.proceed(PAGE));
            application.sharedState.awaitRefusedClaim();
            assertEquals(1, application.provider.requests("/token").size());
            Mapper.permissions.release(2);
            assertTrue(first.get(20, TimeUnit.SECONDS).caller().isPresent());
            assertTrue(second.get(20, TimeUnit.SECONDS).caller().isPresent());
            assertEquals(1, application.provider.requests("/token").size());
            var lease = application.sharedState.longestClaim(" refresh ");
            assertTrue(lease.toSeconds() >= 5 + 5 + 3 + 2, lease::toString);
        }
    }

    /** The class loader of an application that is redeployed would stay in memory otherwise. */
    @Test
    void theMapperEndsWithTheFilter() throws Exception {
        try (var attack = LoginAttack.with(SETTINGS)) {
            var callback = attack.callback();
            var login = threads.submit(() -> attack.browser.reply(callback));
            assertTrue(Mapper.asked.await(20, TimeUnit.SECONDS));
            attack.application.relyingParty.close();
            assertEquals(0, Mapper.closed.getCount());
            assertTrue(Mapper.interrupted.await(20, TimeUnit.SECONDS));
            assertEquals(503, login.get(20, TimeUnit.SECONDS).status());
            assertEquals(1, failures(attack).size(), attack.log.lines()::toString);
            assertFalse(failures(attack).get(0).contains("a-secret"), failures(attack)::toString);
        }
    }

    private static List<String> failures(LoginAttack attack) {
        return attack.log.lines().stream()
                .filter(line -> line.contains("Mapper could not be closed: java.lang.IllegalStateException at "))
                .toList();
    }

    private static Map<String, String> with(String key, String value) {
        var settings = new HashMap<>(SETTINGS);
        settings.put(key, value);
        return settings;
    }
}
