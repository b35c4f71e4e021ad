// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server with the application, which can be killed and started again in the same place. */
final class Node implements Closeable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final Path war;
    private final URI application;
    private final List<String> command;
    private @Nullable Server server;

    /**
     * @param folder where its log is
     * @param war where it looks for the application
     * @param command starts the server, which listens at the application's port
     */
    Node(Path folder, Path war, URI application, List<String> command) {
        this.folder = folder;
        this.war = war;
        this.application = application;
        this.command = List.copyOf(command);
    }

    URI at(String page) {
        return application.resolve(page);
    }

    /** Starts it; it is ready some time after that. */
    Node start() {
        server = Server.start(folder.resolve("server.log"), command);
        return this;
    }

    Node awaitReady() {
        server().await(LONGEST_START, this::answers);
        return this;
    }

    Server server() {
        return Objects.requireNonNull(server, "not started");
    }

    /** Puts {@code other} in the place of the application, while it does not run. */
    void deploy(Path other) throws IOException {
        Files.createDirectories(war.getParent());
        // WildFly's note of what it has deployed before: with it and another file it deploys both
        Files.deleteIfExists(war.resolveSibling(war.getFileName() + ".deployed"));
        Files.copy(other, war, StandardCopyOption.REPLACE_EXISTING);
    }

    Path war() {
        return war;
    }

    private boolean answers() {
        var request = HttpRequest.newBuilder(at("open"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().contains("principal: anonymous");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a power failure would. */
    void kill() {
        server().close();
    }

    @Override
    public void close() {
        if (server != null) {
            kill();
        }
    }
}
