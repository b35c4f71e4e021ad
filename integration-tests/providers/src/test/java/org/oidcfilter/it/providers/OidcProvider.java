// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.oidcfilter.it.process.FreePort;
import org.oidcfilter.it.process.Prerequisite;
import org.oidcfilter.it.process.ServerProcess;

/**
 * The npm package {@code oidc-provider}, certified and written by others, in a Node process of its own on loopback. It
 * starts in a moment, with other clients and other keys each time.
 *
 * <p>The package asks for Node 22 or newer and warns on Node 20, where these tests pass as well; the warning is in
 * {@code target/oidc-provider.log}.
 */
final class OidcProvider implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path HOME = Path.of("target", "oidc-provider");
    private static final Path OUTPUT = Path.of("target", "oidc-provider.log");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "server.mjs");

    private final int port;
    private @Nullable ServerProcess process;

    private OidcProvider(int port) {
        this.port = port;
    }

    static ConditionEvaluationResult prerequisite() {
        return Prerequisite.require(
                isOnPath("node") && isOnPath("npm"), "oidc-provider needs Node.js with npm, version 22 at best");
    }

    /** Installs the package, if that was not done before, and chooses a port. Nothing runs yet. */
    static OidcProvider install() throws IOException, InterruptedException {
        Path lock = HOME.resolve("package-lock.json");
        Path installed = HOME.resolve("installed-lock.json");
        Files.createDirectories(HOME);
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
            ServerProcess.run(
                    new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .directory(HOME.toFile()),
                    OUTPUT,
                    Duration.ofMinutes(3));
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return new OidcProvider(FreePort.choose());
    }

    URI issuer() {
        return URI.create("http://localhost:" + port);
    }

    /**
     * Starts the server, or starts it anew, with these clients, each given as its client metadata (OpenID Connect Dynamic
     * Client Registration, 2). Nothing of an earlier start is remembered.
     */
    void start(List<Map<String, ?>> clients) throws IOException, InterruptedException {
        stop();
        ProcessBuilder command = new ProcessBuilder("node", "server.mjs")
                .directory(HOME.toAbsolutePath().toFile());
        command.environment().put("PORT", Integer.toString(port));
        command.environment().put("OIDC_CLIENTS", JsonUtil.toJson(Map.of("clients", clients)));
        ServerProcess started = ServerProcess.start(command, OUTPUT);
        process = started;
        URI discovery = URI.create(issuer() + "/.well-known/openid-configuration");
        started.awaitReady(discovery, "\"" + issuer() + "\"", Duration.ofMinutes(1));
    }

    /** Ends the server; its port is closed afterwards. */
    void stop() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
