// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Jettys that keep their sessions in PostgreSQL. */
final class JettyCluster {
    private JettyCluster() {}

    /** Starts the nodes, the second one with the session table that the first one has made. */
    static void start(Cluster cluster, Path war, List<List<String>> properties) throws IOException {
        var postgres = cluster.with(EmbeddedPostgres.start());
        var database = postgres.getJdbcUrl("postgres", "postgres");
        cluster.nodes(
                node(cluster, "one", war, properties.get(0), database),
                node(cluster, "two", war, properties.get(1), database));
        cluster.one().start().awaitReady();
        cluster.two().start().awaitReady();
    }

    private static Node node(Cluster cluster, String name, Path war, List<String> properties, String database)
            throws IOException {
        var port = FreePorts.next();
        var folder = cluster.folder().resolve(name);
        var command = new ArrayList<>(JavaCommand.of(folder));
        command.addAll(properties);
        command.addAll(List.of(JettyNode.class.getName(), name, Integer.toString(port), war.toString(), database));
        return new Node(folder, URI.create("http://127.0.0.1:" + port + "/shop/"), command);
    }
}
