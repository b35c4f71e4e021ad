// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.OidcConfig;

/** The settings of an application, as MicroProfile Config has them; applications may lack it. */
final class MicroProfileConfig {
    private static final String CONTAINER_SECURITY = "oidc.container-security";

    private MicroProfileConfig() {}

    /**
     * The settings.
     *
     * @param nearest what counts more
     * @throws ConfigurationException with all problems, if there are any
     */
    static OidcConfig load(Map<String, String> nearest) {
        return OidcConfig.load(config(), nearest);
    }

    private static Config config() {
        try {
            return ConfigProvider.getConfig();
        } catch (IllegalStateException | LinkageError e) {
            throw new ConfigurationException(List.of("MicroProfile Config is missing (" + e.getMessage()
                    + "): put an implementation of it, such as io.smallrye.config:smallrye-config with what it"
                    + " depends on, into WEB-INF/lib"));
        }
    }

    /** Whether {@code oidc.container-security} is set. Where MicroProfile Config is missing the environment is asked. */
    static boolean asksForContainerSecurity() {
        try {
            return OidcConfig.asksForContainerSecurity(ConfigProvider.getConfig());
        } catch (IllegalStateException | LinkageError e) {
            return Stream.of(
                            System.getProperty(CONTAINER_SECURITY),
                            System.getenv("OIDC_CONTAINER_SECURITY"),
                            System.getenv(CONTAINER_SECURITY))
                    .anyMatch(MicroProfileConfig::isSet);
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null
                && !value.isBlank()
                && !value.strip().toLowerCase(Locale.ROOT).equals("false");
    }
}
