// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** WildFly, which replicates the sessions of a distributable application, and Redis through Redisson. */
@Tag("heavy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WildFlyWithRedisIT implements OutageScenarios, RollingRestart {
    private final Cluster cluster = new Cluster("wildfly-redis");
    private Redis redis;

    @BeforeAll
    void start() throws IOException {
        Prerequisite.program("redis-server", "install redis-server (Debian: redis-server)");
        redis = cluster.with(new Redis(cluster.folder()));
        var war = cluster.war(
                Map.of("oidc.jcache-uri", redis.redissonConfiguration().toUri().toString()), "redisson");
        var wildfly = new WildFly(cluster.folder());
        wildfly.configure();
        cluster.nodes(wildfly.node(0, war), wildfly.node(1, war));
        cluster.one().start();
        cluster.two().start().awaitReady();
        cluster.one().awaitReady();
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    /** Jakarta Servlet 7.7.2: one JVM at a time, or WildFly's nodes lock each other out for a while. */
    @Override
    public int tabs() {
        return 1;
    }

    @Override
    public Server engine() {
        return redis.server();
    }
}
