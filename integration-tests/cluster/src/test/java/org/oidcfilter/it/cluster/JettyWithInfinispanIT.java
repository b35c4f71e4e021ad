// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Jetty with its JDBC session store in PostgreSQL, and Infinispan within the nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyWithInfinispanIT implements RollingRestart {
    private final Cluster cluster = new Cluster("jetty-infinispan");

    @BeforeAll
    void start() throws Exception {
        var ports = List.of(FreePorts.next(), FreePorts.next());
        var nodes = "-Dshop.jgroups.nodes=127.0.0.1[" + ports.get(0) + "],127.0.0.1[" + ports.get(1) + "]";
        var war = cluster.war(Map.of("oidc.jcache-uri", "infinispan.xml"), "infinispan");
        var properties = ports.stream()
                .map(port -> List.of("-Dshop.jgroups.port=" + port, nodes))
                .toList();
        JettyCluster.start(cluster, war, properties);
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }
}
