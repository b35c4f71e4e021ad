// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.Driver;

/** Jettys that keep their sessions in PostgreSQL, configured as the guide tells an operator to. */
final class JettyCluster {
    static final String START = """
            --module=http
            --module=ee11-deploy
            --module=ee11-annotations
            --module=ext
            --module=session-store-jdbc
            --module=session-cache-null
            db-connection-type=driver
            jetty.session.jdbc.driverClass=org.postgresql.Driver
            jetty.session.jdbc.driverUrl=%s
            jetty.session.savePeriod.seconds=60
            jetty.sessionIdManager.workerName=%s
            jetty.http.host=127.0.0.1
            jetty.http.port=%d
            """;

    private final Cluster cluster;
    private final Path war;
    private final String database;

    private JettyCluster(Cluster cluster, Path war, String database) {
        this.cluster = cluster;
        this.war = war;
        this.database = database;
    }

    /** Starts the nodes, the second one with the session table that the first one has made. */
    static void start(Cluster cluster, Path war, List<List<String>> properties) throws IOException {
        var postgres = cluster.with(EmbeddedPostgres.start());
        var jetty = new JettyCluster(cluster, war, postgres.getJdbcUrl("postgres", "postgres"));
        cluster.nodes(jetty.node("one", properties.get(0)), jetty.node("two", properties.get(1)));
        cluster.one().start().awaitReady();
        cluster.two().start().awaitReady();
    }

    private Node node(String name, List<String> properties) throws IOException {
        var port = FreePorts.next();
        var base = cluster.folder().resolve(name);
        Files.writeString(
                Files.createDirectories(base.resolve("start.d")).resolve("cluster.ini"),
                START.formatted(database, name, port));
        Files.copy(driver(), Files.createDirectories(base.resolve("lib/ext")).resolve("postgresql.jar"));
        var command = new ArrayList<>(JavaCommand.of(base));
        command.addAll(properties);
        var home = Path.of(Objects.requireNonNull(System.getProperty("jetty.home")));
        command.addAll(List.of("-jar", home.resolve("start.jar").toString(), "jetty.base=" + base));
        var node = new Node(
                base, base.resolve("webapps/shop.war"), URI.create("http://127.0.0.1:" + port + "/shop/"), command);
        node.deploy(war);
        return node;
    }

    private static Path driver() {
        try {
            return Path.of(Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
