// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/**
 * Keycloak in a process of its own, on loopback only, with the realm {@value #REALM} and nothing remembered from earlier
 * runs. Keys and sessions outlive {@link #stop()} and {@link #start()}.
 */
public final class Keycloak implements AutoCloseable {
    public static final String REALM = "acme";
    public static final String SHOP_SECRET = "shop-secret-for-the-integration-tests-only";

    private static final Path HOME =
            Path.of(System.getProperty("keycloak.home", "target/keycloak")).toAbsolutePath();
    private static final Path OUTPUT = Path.of("target", "keycloak.log");
    private static final String ADMIN_PASSWORD = "admin-password";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> BUILD = List.of("build", "--db=dev-file");

    private final int port;
    private @Nullable ServerProcess process;

    private Keycloak(int port) {
        this.port = port;
    }

    /** The distribution that Maven unpacks. */
    public static ConditionEvaluationResult prerequisite() {
        return Prerequisite.require(
                Files.isExecutable(HOME.resolve("bin/kc.sh")), "No Keycloak in " + HOME + ": run the tests with Maven");
    }

    /** Starts the distribution that Maven unpacked. */
    public static Keycloak launch() throws IOException, InterruptedException {
        Keycloak keycloak = new Keycloak(FreePort.choose());
        Files.deleteIfExists(OUTPUT);
        keycloak.build();
        keycloak.forget();
        keycloak.start();
        return keycloak;
    }

    /** The issuer: the realm's URL. Its host is {@code localhost}, so that an application on 127.0.0.1 is another site. */
    public URI issuer() {
        return base().resolve("/realms/" + REALM);
    }

    public KeycloakAdmin admin() {
        return new KeycloakAdmin(base(), REALM, ADMIN_PASSWORD);
    }

    /** Starts the server on its port, if it does not run; returns when the realm answers. */
    public void start() throws IOException, InterruptedException {
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
                OUTPUT);
        process = started;
        started.awaitReady(URI.create(issuer() + "/.well-known/openid-configuration"), issuer() + "\"", LIMIT);
    }

    /** Ends the server; its port is closed afterwards. */
    public void stop() {
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
        Path stamp = HOME.resolve("built-with");
        if (Files.exists(stamp) && Files.readAllLines(stamp).equals(BUILD)) {
            return;
        }
        ServerProcess.run(command(BUILD), OUTPUT, LIMIT);
        Files.write(stamp, BUILD);
    }

    private void forget() throws IOException {
        Path data = HOME.resolve("data");
        Folder.delete(data);
        Path realms = Files.createDirectories(data.resolve("import"));
        try (InputStream realm =
                Objects.requireNonNull(Keycloak.class.getResourceAsStream("/keycloak/acme-realm.json"))) {
            Files.copy(realm, realms.resolve("acme-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private ProcessBuilder command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(HOME.resolve("bin/kc.sh").toString()));
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
