// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.it.cluster.Cluster.assertAlice;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tomcat with sessions in cookies, and Redis through Redisson. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TomcatWithCookiesAndRedisIT implements OutageScenarios, RollingRestart {
    private final Cluster cluster = new Cluster("tomcat-cookies-redis");
    private Redis redis;
    private Node careless;
    private Node late;

    @BeforeAll
    void start() throws IOException {
        Prerequisite.program("redis-server", "install redis-server (Debian: redis-server)");
        redis = cluster.with(new Redis(cluster.folder()));
        var keys = Files.writeString(
                cluster.folder().resolve("cookie-keys"), "a-key-of-the-tests-with-more-than-32-characters\n");
        var war = cluster.war(
                Map.of(
                        "oidc.session", "cookie",
                        "oidc.cookie-keys-file", keys.toString(),
                        "oidc.jcache-uri", redis.redissonConfiguration().toUri().toString()),
                "redisson");
        careless = node("careless", war, "-Doidc.insecure-ignore-shared-state-outage=true");
        late = node("late", war);
        cluster.nodes(node("one", war), node("two", war));
        cluster.one().start();
        cluster.two().start().awaitReady();
        cluster.one().awaitReady();
    }

    @Test
    void anOperatorCanHaveSessionsServedWhileTheEngineHangsLoudly() {
        cluster.with(careless.start()).awaitReady();
        var alice = cluster.loggedIn();
        redis.server().freeze();
        try {
            for (var i = 0; i < 3; i++) {
                assertAlice(alice.visit(careless.at("whoami")));
            }
        } finally {
            redis.server().thaw();
        }
        var log = careless.server().printed();
        assertTrue(log.contains("INSECURE: oidc.insecure-ignore-shared-state-outage is set"), log);
        assertEquals(2, log.split("served without knowing whether a logout", -1).length, log);
    }

    @Test
    @Tag("heavy")
    void aNodeThatStartsWhileTheEngineHangsServesStrangersAtOnceAndEverybodyAfterwards() {
        var alice = cluster.loggedIn();
        redis.server().freeze();
        try {
            cluster.with(late.start()).awaitReady();
            assertEquals(503, alice.visit(late.at("whoami")).status());
        } finally {
            redis.server().thaw();
        }
        OutageScenarios.awaitServed(alice, List.of(late, cluster.one(), cluster.two()));
    }

    private Node node(String name, Path war, String... properties) throws IOException {
        var port = FreePorts.next();
        var folder = cluster.folder().resolve(name);
        var command = new ArrayList<>(JavaCommand.of(folder));
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"))); // no library of the application is there
        var own = folder.resolve("shop.war");
        command.addAll(List.of(TomcatNode.class.getName(), folder.toString(), Integer.toString(port), own.toString()));
        var node = new Node(folder, own, URI.create("http://127.0.0.1:" + port + "/shop/"), command);
        node.deploy(war);
        return node;
    }

    @AfterAll
    void stop() throws IOException {
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
