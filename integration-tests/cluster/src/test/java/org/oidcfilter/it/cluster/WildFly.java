// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** WildFly servers of one cluster, which find each other by TCP on the loopback interface. */
final class WildFly {
    private static final int HTTP = 8080;
    private static final int JGROUPS = 7600;
    private static final List<Integer> PORTS = List.of(HTTP, 8443, 9990, 9993, JGROUPS, 8009, 57600);

    private final Path home = Path.of(Objects.requireNonNull(System.getProperty("wildfly.home")));
    private final Path folder;
    private final List<Integer> offsets;

    /** @param folder where the servers have their files */
    WildFly(Path folder) {
        this.folder = folder;
        // all below the range from which systems take the ports of outgoing connections, and at a distance
        offsets = IntStream.of(0, 1)
                .map(i -> new Random()
                        .ints(200, 1_000 + i * 10_000, 10_000 + i * 10_000)
                        .filter(offset -> PORTS.stream()
                                .allMatch(port -> port + offset > 65_535 || FreePorts.isFree(port + offset)))
                        .findFirst()
                        .orElseThrow())
                .boxed()
                .toList();
    }

    /** Changes the configuration as the guide tells an operator to. */
    void configure() throws IOException {
        var configuration = home.resolve("standalone/configuration/standalone-ha.xml");
        var original = configuration.resolveSibling("standalone-ha.original");
        if (!Files.exists(original)) {
            Files.copy(configuration, original);
        }
        Files.writeString(configuration, scanningOnce(Files.readString(original))); // an earlier run has changed it
        var cli = Path.of("src", "test", "resources", "wildfly.cli").toAbsolutePath();
        try (var process = Server.start(
                folder.resolve("cli.log"),
                List.of(home.resolve("bin/jboss-cli.sh").toString(), "--file=" + cli))) {
            process.awaitEnd(Duration.ofMinutes(2));
        }
    }

    /** A file that is replaced while the server is down would be deployed a second time some seconds after the start. */
    private static String scanningOnce(String configuration) {
        var interval = "scan-interval=\"5000\"";
        if (!configuration.contains(interval)) {
            throw new IllegalStateException("WildFly looks for deployments in another way now");
        }
        return configuration.replace(interval, "scan-interval=\"0\"");
    }

    /** The first or the second node, with the application deployed. */
    Node node(int number, Path war) throws IOException {
        var base = folder.resolve("node-" + number);
        copy(home.resolve("standalone").resolve("configuration"), base.resolve("configuration"));
        var offset = offsets.get(number);
        var command = new ArrayList<>(List.of(
                "/usr/bin/env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "JAVA_OPTS=-Xmx512m -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true",
                home.resolve("bin/standalone.sh").toString(),
                "--server-config=standalone-ha.xml",
                "-Djboss.server.base.dir=" + base,
                "-Djboss.node.name=node-" + number,
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.private=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.socket.binding.port-offset=" + offset,
                "-Dshop.jgroups.nodes=127.0.0.1[" + (JGROUPS + offsets.get(0)) + "],127.0.0.1["
                        + (JGROUPS + offsets.get(1)) + "]"));
        var node = new Node(
                base,
                base.resolve("deployments/shop.war"),
                URI.create("http://127.0.0.1:" + (HTTP + offset) + "/shop/"),
                command);
        node.deploy(war);
        return node;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
