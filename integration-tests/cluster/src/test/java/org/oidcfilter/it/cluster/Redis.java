// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis server on the loopback interface, in memory only. */
final class Redis implements Closeable {
    static final String REDISSON = """
            singleServerConfig:
              address: "redis://127.0.0.1:%d"
              connectionMinimumIdleSize: 4
            """;

    private final int port = FreePorts.next();
    private final Path folder;
    private final Server server;

    Redis(Path folder) {
        this.folder = folder;
        server = Server.start(
                folder.resolve("redis.log"),
                List.of(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no"));
        server.await(Duration.ofSeconds(20), this::answers);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    Server server() {
        return server;
    }

    /** The configuration that tells Redisson where it is. */
    Path redissonConfiguration() throws IOException {
        return Files.writeString(folder.resolve("redisson.yaml"), REDISSON.formatted(port));
    }

    @Override
    public void close() {
        server.close();
    }
}
