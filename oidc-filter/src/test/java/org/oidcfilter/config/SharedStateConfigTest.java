// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.config.SharedStateConfig.Engine;

class SharedStateConfigTest {
    private static Sources sources(Map<String, String> settings) {
        var sources = new Sources();
        settings.forEach(sources::with);
        return sources;
    }

    @Test
    void isInMemoryUnlessItIsSaidWhere() {
        var shared = new Sources().load().sharedState();
        assertEquals(Engine.MEMORY, shared.engine());
        assertEquals(Duration.ofSeconds(1), shared.timeout());
        assertFalse(shared.ignoresOutage());
    }

    @Test
    void namesTheEngineItsConfigurationAndItsCaches() {
        var shared = sources(Map.of(
                        "oidc.shared-state", "jcache",
                        "oidc.jcache-uri", "redisson.yaml",
                        "oidc.jcache-provider", "org.redisson.jcache.JCachingProvider",
                        "oidc.jcache-cache", "shop-oidc",
                        "oidc.shared-state-timeout", "250ms"))
                .load()
                .sharedState();
        assertEquals(Engine.JCACHE, shared.engine());
        assertEquals(Optional.of(URI.create("redisson.yaml")), shared.jcache().uri());
        assertEquals(
                Optional.of("org.redisson.jcache.JCachingProvider"),
                shared.jcache().provider());
        assertEquals("shop-oidc", shared.jcache().cache());
        assertEquals(Duration.ofMillis(250), shared.timeout());
    }

    @Test
    void aWrongValueIsAProblemThatQuotesNoAddress() {
        var jcache = Map.of("oidc.shared-state", "jcache");
        for (var wrong : Map.of(
                        "oidc.jcache-uri", "redis://:the password@cache",
                        "oidc.jcache-provider", "not a class",
                        "oidc.jcache-cache", "a/b",
                        "oidc.shared-state-timeout", "0s",
                        "oidc.shared-state", "redis")
                .entrySet()) {
            var settings = new HashMap<>(jcache);
            settings.put(wrong.getKey(), wrong.getValue());
            var problems = sources(settings).problems();
            assertTrue(problems.get(0).startsWith(wrong.getKey()), problems::toString);
            assertFalse(problems.toString().contains("password"), problems::toString);
        }
    }

    @Test
    void whatIsSetInVainIsAProblem() {
        assertEquals(
                "oidc.jcache-uri has no effect unless oidc.shared-state is jcache",
                new Sources().with("oidc.jcache-uri", "redisson.yaml").problem());
    }

    @Test
    void toGoOnWithoutTheEngineIsAWarning() {
        var settings = Map.of("oidc.shared-state", "jcache", "oidc.insecure-ignore-shared-state-outage", "true");
        var config = sources(settings).load();
        assertTrue(config.sharedState().ignoresOutage());
        assertTrue(
                config.warnings().stream().anyMatch(warning -> warning.startsWith("INSECURE: ")),
                config.warnings()::toString);
    }
}
