// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.oidcfilter.ConfigurationException;

/** The sources of a configuration that works, for tests to spoil. */
final class Sources {
    private final Map<String, String> file = new HashMap<>(Map.of(
            "oidc.issuer", "https://id.example.com/realms/acme",
            "oidc.client-id", "shop",
            "oidc.client-secret", "a-client-secret-of-more-than-32-characters"));
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> systemProperties = new HashMap<>();
    private final Map<String, String> initParams = new HashMap<>();

    Sources with(String key, String value) {
        file.put(key, value);
        return this;
    }

    Sources without(String key) {
        file.remove(key);
        return this;
    }

    Sources withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Sources withSystemProperty(String key, String value) {
        systemProperties.put(key, value);
        return this;
    }

    Sources withInitParam(String name, String value) {
        initParams.put(name, value);
        return this;
    }

    OidcConfig load() {
        return OidcConfig.load(config(), initParams);
    }

    Config config() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(file, "file", 100),
                        new PropertiesConfigSource(systemProperties, "system", 400))
                .withSources(new EnvConfigSource(environment, 300))
                .build();
    }

    List<String> problems() {
        return new ArrayList<>(
                assertThrows(ConfigurationException.class, this::load).problems());
    }

    /** The problem, where there must be exactly one. */
    String problem() {
        var problems = problems();
        if (problems.size() != 1) {
            throw new AssertionError("not one problem but " + problems);
        }
        return problems.get(0);
    }
}
