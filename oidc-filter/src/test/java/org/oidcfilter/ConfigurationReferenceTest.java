// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.config.Setting;

/** Run it with {@code -Ddocs.write=true} to write the reference anew. */
class ConfigurationReferenceTest {
    @Test
    void theReferenceSaysWhatTheCodeDoes() throws IOException {
        Repository.assertUpToDate(
                Repository.root().resolve("docs/configuration.md"), ConfigurationReference.text(), "docs.write");
    }

    @Test
    void theCompleteExampleWorks() throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(ConfigurationReference.example()));
        var values = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "example", 100))
                .build();
        assertEquals(List.of(), OidcConfig.load(config, Map.of()).warnings());
    }

    @Test
    void everySettingHasOneRow() {
        var rows = ConfigurationReference.text().lines().toList();
        for (var setting : Setting.values()) {
            var start = "| `" + setting.key() + "`<br>";
            assertEquals(1, rows.stream().filter(row -> row.startsWith(start)).count(), start);
        }
        var keys = Arrays.stream(Setting.values()).map(Setting::key).distinct().toList();
        assertEquals(Setting.values().length, keys.size());
        assertTrue(keys.stream().allMatch(key -> key.startsWith("oidc.")));
    }
}
