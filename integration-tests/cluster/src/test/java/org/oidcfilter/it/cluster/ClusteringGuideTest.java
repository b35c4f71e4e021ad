// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/clustering.md tells an operator to write is what the tests run. */
class ClusteringGuideTest {
    private final String guide;

    ClusteringGuideTest() throws IOException {
        guide = Files.readString(Path.of("..", "..", "docs", "clustering.md"));
    }

    @Test
    void quotesTheConfigurationOfInfinispanAndWildFly() throws IOException {
        for (var name : List.of("infinispan.xml", "wildfly.cli")) {
            var text = Files.readString(Path.of("src", "test", "resources", name));
            assertTrue(guide.contains("\n" + text + "```"), name);
        }
    }

    @Test
    void quotesTheConfigurationOfJettyAndRedisson() {
        List.of(JettyCluster.START, Redis.REDISSON).stream()
                .flatMap(String::lines)
                .filter(line -> !line.contains("%"))
                .filter(line -> !line.startsWith("jetty.http."))
                .forEach(line -> assertTrue(guide.contains("\n" + line + "\n"), line));
    }
}
