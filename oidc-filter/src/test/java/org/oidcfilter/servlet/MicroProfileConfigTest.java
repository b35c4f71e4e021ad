// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.ConfigurationException;

class MicroProfileConfigTest {
    private static final String SETTING = "oidc.container-security";

    private final ConfigProviderResolver present = ConfigProviderResolver.instance();

    @AfterEach
    void forget() {
        ConfigProviderResolver.setInstance(present);
        System.clearProperty(SETTING);
    }

    @Test
    void whatIsSetIsAskedFor() {
        assertFalse(MicroProfileConfig.asksForContainerSecurity());
        System.setProperty(SETTING, "true");
        assertTrue(MicroProfileConfig.asksForContainerSecurity());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "yes, true", "nonsense, true", "False, false", "'', false", "' ', false"})
    void whatTheEnvironmentAsksForIsHeardWhereMicroProfileConfigIsMissing(String value, boolean asked) {
        ConfigProviderResolver.setInstance(new Missing());
        assertFalse(MicroProfileConfig.asksForContainerSecurity());
        System.setProperty(SETTING, value);
        assertEquals(asked, MicroProfileConfig.asksForContainerSecurity());
    }

    @Test
    void saysWhatIsMissing() {
        ConfigProviderResolver.setInstance(new Missing());
        var failure = assertThrows(ConfigurationException.class, () -> MicroProfileConfig.load(Map.of()));
        assertTrue(failure.problems().get(0).contains("smallrye-config"), failure::getMessage);
    }

    /** Where there is the API, and nobody who implements it. */
    private static final class Missing extends ConfigProviderResolver {
        @Override
        public Config getConfig() {
            throw new IllegalStateException("No ConfigProviderResolver implementation found!");
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return getConfig();
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new IllegalStateException();
        }

        @Override
        public void registerConfig(Config config, ClassLoader loader) {}

        @Override
        public void releaseConfig(Config config) {}
    }
}
