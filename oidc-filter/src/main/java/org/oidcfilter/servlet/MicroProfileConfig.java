// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.config.Setting;

/** The settings of an application, as MicroProfile Config has them; applications may lack it. */
final class MicroProfileConfig {
    private static final String CONTAINER_SECURITY = Setting.CONTAINER_SECURITY.key();
    private static final String FILE = "META-INF/microprofile-config.properties";

    private MicroProfileConfig() {}

    /**
     * The settings.
     *
     * @param nearest what counts more
     * @param definition what counts less
     * @throws ConfigurationException with all problems, if there are any
     */
    static OidcConfig load(Map<String, String> nearest, Map<String, String> definition) {
        return OidcConfig.load(config(), nearest, definition);
    }

    private static Config config() {
        try {
            if (isThere()) {
                return ConfigProvider.getConfig();
            }
        } catch (LinkageError e) {
            throw missing(" (" + e + ")");
        }
        throw missing("");
    }

    private static ConfigurationException missing(String why) {
        return new ConfigurationException(List.of("MicroProfile Config is missing, or not complete" + why
                + ": put an implementation of it, such as io.smallrye.config:smallrye-config with what it"
                + " depends on, into WEB-INF/lib"));
    }

    /** Whether somebody implements it; what is wrong with who does is not hidden. */
    private static boolean isThere() {
        try {
            ConfigProviderResolver.instance();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * Whether {@code oidc.container-security} is set. Where MicroProfile Config is missing the environment and the files that it
     * would have read are asked: who wants it is not to be left without.
     */
    static boolean asksForContainerSecurity() {
        try {
            return isThere() ? OidcConfig.asksForContainerSecurity(ConfigProvider.getConfig()) : isSetSomewhere();
        } catch (LinkageError e) {
            return isSetSomewhere();
        }
    }

    private static boolean isSetSomewhere() {
        return Stream.of(
                                System.getProperty(CONTAINER_SECURITY),
                                System.getenv("OIDC_CONTAINER_SECURITY"),
                                System.getenv(CONTAINER_SECURITY))
                        .anyMatch(MicroProfileConfig::isSet)
                || inFiles().stream().anyMatch(MicroProfileConfig::isSet);
    }

    private static List<String> inFiles() {
        var values = new ArrayList<String>();
        try {
            var files = Thread.currentThread().getContextClassLoader().getResources(FILE);
            while (files.hasMoreElements()) {
                var properties = new Properties();
                try (var in = files.nextElement().openStream()) {
                    properties.load(in);
                }
                values.add(properties.getProperty(CONTAINER_SECURITY, ""));
            }
        } catch (IOException e) {
            values.add("unknown");
        }
        return values;
    }

    private static boolean isSet(@Nullable String value) {
        return value != null
                && !value.isBlank()
                && !value.strip().toLowerCase(Locale.ROOT).equals("false");
    }
}
