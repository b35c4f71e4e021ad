// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.SharedState;
import org.oidcfilter.SharedStateException;

/** An engine is found, opened, opened again, and closed. */
class SharedStatesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String CAFFEINE = "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";

    private static JCacheOptions options(Optional<String> uri, Optional<String> provider) {
        return new JCacheOptions(uri.map(URI::create), provider, "shop", MINUTE, MINUTE);
    }

    private static SharedState open(String provider) {
        return SharedStates.jcache(options(Optional.empty(), Optional.of(provider)), TIMEOUT, Clock.systemUTC());
    }

    private static void close(SharedState state) throws Exception {
        assertInstanceOf(AutoCloseable.class, state).close();
    }

    @Test
    void opensTheOnlyEngineThereIsAndClosesIt() throws Exception {
        var state = SharedStates.jcache(options(Optional.empty(), Optional.empty()), TIMEOUT, Clock.systemUTC());
        assertTrue(state.firstUse("a", MINUTE));
        assertFalse(state.firstUse("a", MINUTE));
        assertEquals("the JCache engine " + CAFFEINE, state.toString());
        close(state);
        assertThrows(SharedStateException.class, () -> state.firstUse("b", MINUTE));
    }

    /** As Hazelcast names them: with the cache manager's URI and class loader in front. */
    @Test
    void allNodesAskForCachesOfTheSameNames() throws Exception {
        LateProvider.FAILURES.set(0);
        LateProvider.OPENED.clear();
        var one = open(LateProvider.class.getName());
        var other = open(LateProvider.class.getName());
        close(one);
        close(other);
        assertEquals(2, LateProvider.OPENED.size());
        assertEquals(LateProvider.OPENED.get(0), LateProvider.OPENED.get(1));
    }

    @Test
    void closesNothingOfTheApplications() throws Exception {
        CachingProvider provider = Caching.getCachingProvider(CAFFEINE);
        try (var ofTheApplication = provider.getCacheManager()) {
            var state = open(CAFFEINE);
            state.firstUse("a", MINUTE);
            assertEquals(null, ofTheApplication.getCache("shop-uses"), "nor is anything put there");
            close(state);
            assertFalse(ofTheApplication.isClosed());
        }
    }

    @Test
    void anEngineThatCannotBeReachedAtStartIsOpenedLater() throws Exception {
        LateProvider.FAILURES.set(2);
        var state = open(LateProvider.class.getName());
        var refusal = assertThrows(SharedStateException.class, () -> state.firstUse("a", MINUTE));
        assertFalse(String.valueOf(refusal.getMessage()).contains("the-password"));
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!answers(state)) {
            assertTrue(System.nanoTime() < end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertTrue(state.firstUse("a", MINUTE));
        close(state);
    }

    private static boolean answers(SharedState state) {
        try {
            return state.marked(List.of("a")).isEmpty();
        } catch (SharedStateException e) {
            return false;
        }
    }

    @Test
    void aMissingEngineIsAProblemOfTheConfiguration() {
        var refusal = assertThrows(ConfigurationException.class, () -> open("com.example.NoSuchProvider"));
        assertTrue(refusal.problems().get(0).contains("no caching provider com.example.NoSuchProvider"));
    }

    @Test
    void aMissingResourceIsAProblemOfTheConfiguration() {
        var options = options(Optional.of("no-such-file.yaml"), Optional.of(CAFFEINE));
        var refusal = assertThrows(
                ConfigurationException.class, () -> SharedStates.jcache(options, TIMEOUT, Clock.systemUTC()));
        assertTrue(refusal.problems().get(0).startsWith("oidc.jcache-uri"));
    }

    @Test
    void withoutTheApiItIsAProblemOfTheConfigurationAndNothingElseNeedsIt() throws Exception {
        var loader = new WithoutJCache();
        var options = loader.loadClass(JCacheOptions.class.getName())
                .getConstructors()[0]
                .newInstance(Optional.empty(), Optional.empty(), "shop", MINUTE, MINUTE);
        var jcache = List.of(loader.loadClass(SharedStates.class.getName()).getMethods()).stream()
                .filter(method -> method.getName().equals("jcache"))
                .findFirst()
                .orElseThrow();
        var failure = assertThrows(
                InvocationTargetException.class, () -> jcache.invoke(null, options, TIMEOUT, Clock.systemUTC()));
        var refusal = assertInstanceOf(ConfigurationException.class, failure.getCause());
        assertTrue(refusal.problems().get(0).contains("add javax.cache:cache-api"), refusal.getMessage());
    }

    /** The session package as it is in an application that has no JCache. */
    private static final class WithoutJCache extends ClassLoader {
        private static final String OURS = SharedStates.class.getPackageName() + ".";

        WithoutJCache() {
            super(SharedStatesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("javax.cache.")) {
                throw new ClassNotFoundException(name);
            }
            var loaded = findLoadedClass(name);
            if (loaded != null || !name.startsWith(OURS)) {
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                var bytes = java.util.Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
