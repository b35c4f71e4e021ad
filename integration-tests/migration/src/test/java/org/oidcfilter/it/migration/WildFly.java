// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.oidcfilter.it.process.FreePort;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.ServerProcess;

/** A WildFly as downloaded, with the one command of its guide; one for all tests that ask for it. */
final class WildFly implements AutoCloseable {
    private static final Path LOG = Path.of("target", "wildfly.log");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final int port;
    private final ServerProcess process;

    private WildFly(Path home, int port, ServerProcess process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    /** Hands the server to the tests. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == WildFly.class;
        }

        @Override
        public WildFly resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(WildFly.class))
                    .getOrComputeIfAbsent(WildFly.class, key -> started(), WildFly.class);
        }

        private static WildFly started() {
            try {
                return start();
            } catch (Exception e) {
                throw new IllegalStateException("WildFly does not start", e);
            }
        }
    }

    private static WildFly start() throws Exception {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("wildfly.home"), "wildfly.home"));
        Path folder = home.resolve("standalone/configuration");
        Files.copy(
                folder.resolve("standalone.xml"), folder.resolve("migration.xml"), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(LOG);
        forget(home.resolve("standalone/deployments"));
        ServerProcess.run(
                command(
                        home.resolve("bin/jboss-cli.sh"),
                        "--file=" + Path.of("src/test/resources/wildfly.cli").toAbsolutePath()),
                LOG,
                LIMIT);
        int port = FreePort.choose();
        ServerProcess process = ServerProcess.start(
                command(
                        home.resolve("bin/standalone.sh"),
                        "--server-config=migration.xml",
                        "-Djboss.bind.address=127.0.0.1",
                        "-Djboss.http.port=" + port,
                        "-Djboss.https.port=" + FreePort.choose(),
                        "-Djboss.management.http.port=" + FreePort.choose()),
                LOG);
        WildFly server = new WildFly(home, port, process);
        process.awaitReady(server.at("/"), "WildFly", LIMIT);
        return server;
    }

    /** Applications of earlier runs. */
    private static void forget(Path deployments) throws IOException {
        try (DirectoryStream<Path> wars = Files.newDirectoryStream(deployments, "*.war*")) {
            for (Path war : wars) {
                Files.delete(war);
            }
        }
    }

    private static ProcessBuilder command(Path program, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(program.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("OIDC_") || name.startsWith("JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        builder.environment().put("JAVA_OPTS", "-Xms64m -Xmx512m -Djava.net.preferIPv4Stack=true");
        return builder;
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Deploys {@code office} under {@code name}; returns its address when it is there. */
    URI deploy(Office office, String name, Keycloak keycloak) throws Exception {
        Path war = office.write(Path.of("target", "wars", name + ".war"), keycloak);
        Path deployments = home.resolve("standalone/deployments");
        Files.copy(war, deployments.resolve(name + ".war"), StandardCopyOption.REPLACE_EXISTING);
        process.awaitReady(at("/" + name + "/goodbye.html"), "goodbye", LIMIT);
        return at("/" + name + "/");
    }

    @Override
    public void close() {
        process.close();
    }
}
