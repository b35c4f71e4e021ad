// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak in a process of its own, on loopback only, with the realm {@value #REALM} and nothing remembered from earlier
 * runs. Keys and sessions outlive {@link #stop()} and {@link #start()}.
 */
final class Keycloak implements AutoCloseable {
    static final String REALM = "acme";
    static final String SHOP_SECRET = "shop-secret-for-the-integration-tests-only";

    private static final String ADMIN_PASSWORD = "admin-password";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> BUILD = List.of("build", "--db=dev-file");

    private final Path home;
    private final Path output;
    private final int port;
    private @Nullable ServerProcess process;

    private Keycloak(Path home, int port) {
        this.home = home;
        this.output = Path.of("target", "keycloak.log");
        this.port = port;
    }

    /** Starts the distribution that Maven unpacked. */
    static Keycloak launch() throws IOException, InterruptedException {
        Path home =
                Path.of(System.getProperty("keycloak.home", "target/keycloak")).toAbsolutePath();
        Prerequisite.require(
                Files.isExecutable(home.resolve("bin/kc.sh")), "No Keycloak in " + home + ": run the tests with Maven");
        Keycloak keycloak = new Keycloak(home, FreePort.choose());
        Files.deleteIfExists(keycloak.output);
        keycloak.build();
        keycloak.forget();
        keycloak.start();
        return keycloak;
    }

    /** The issuer: the realm's URL. Its host is {@code localhost}, so that an application on 127.0.0.1 is another site. */
    URI issuer() {
        return base().resolve("/realms/" + REALM);
    }

    KeycloakAdmin admin() {
        return new KeycloakAdmin(base(), REALM, ADMIN_PASSWORD);
    }

    /** Starts the server on its port, if it does not run; returns when the realm answers. */
    void start() throws IOException, InterruptedException {
        if (process != null && process.isAlive()) {
            return;
        }
        ServerProcess started = ServerProcess.start(
                command(List.of(
                        "start",
                        "--optimized",
                        "--import-realm",
                        "--cache=local", // without it the cluster transport listens on every interface
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=" + base())),
                output);
        process = started;
        started.awaitReady(URI.create(issuer() + "/.well-known/openid-configuration"), issuer() + "\"", LIMIT);
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

    private URI base() {
        return URI.create("http://localhost:" + port);
    }

    /** Building takes longer than starting, so its result is kept with the options that led to it. */
    private void build() throws IOException, InterruptedException {
        Path stamp = home.resolve("built-with");
        if (Files.exists(stamp) && Files.readAllLines(stamp).equals(BUILD)) {
            return;
        }
        ServerProcess.run(command(BUILD), output, LIMIT);
        Files.write(stamp, BUILD);
    }

    private void forget() throws IOException {
        Path data = home.resolve("data");
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Path realms = Files.createDirectories(data.resolve("import"));
        Files.copy(
                Path.of("src/test/resources/keycloak/acme-realm.json"),
                realms.resolve("acme-realm.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private ProcessBuilder command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
        words.addAll(arguments);
        ProcessBuilder command = new ProcessBuilder(words);
        Map<String, String> environment = command.environment();
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS"));
        environment.put("JAVA_HOME", System.getProperty("java.home", ""));
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakAdmin.USERNAME);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
        return command;
    }
}
