// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Jetty with its JDBC session store in PostgreSQL, and Redis through Redisson. */
@Tag("heavy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyWithRedisIT implements OutageScenarios, RollingRestart {
    private final Cluster cluster = new Cluster("jetty-redis");
    private Redis redis;

    @BeforeAll
    void start() throws Exception {
        Prerequisite.program("redis-server", "install redis-server (Debian: redis-server)");
        redis = cluster.with(new Redis(cluster.folder()));
        var war = cluster.war(
                Map.of("oidc.jcache-uri", redis.redissonConfiguration().toUri().toString()), "redisson");
        JettyCluster.start(cluster, war, List.of(List.of(), List.of()));
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public Server engine() {
        return redis.server();
    }
}
