// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in a process of its own, with settings that cannot work: it says so and ends. */
class DemoStartIT {
    private static final Path JAR = Path.of("target", "oidc-demo.jar").toAbsolutePath();
    private static final String SECRET = "a-client-secret-that-nobody-may-read";

    private final Path folder;

    DemoStartIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void saysAllThatIsWrongAndEnds() throws Exception {
        var said = refuses(Map.of(
                "OIDC_ISSUER", "id.example.com",
                "OIDC_CLIENT_SECRET", SECRET,
                "OIDC_CLOCK_SKEW", "soon"));
        assertTrue(said.contains("3 problem(s)"), said);
        for (var setting : new String[] {"oidc.issuer", "oidc.client-id", "oidc.clock-skew"}) {
            assertTrue(said.contains("  - " + setting + " "), said);
        }
        assertFalse(said.contains(SECRET), said);
    }

    @Test
    void endsAlsoWhenItsDevelopmentProviderIsRunning() throws Exception {
        var said = refuses(Map.of("OIDC_CLOCK_SKEW", "soon"));
        assertTrue(said.contains("  - oidc.clock-skew "), said);
    }

    private String refuses(Map<String, String> settings) throws IOException, InterruptedException {
        var log = folder.resolve("demo.log");
        var java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        var command = new ProcessBuilder(java, "-Xmx256m", "-jar", JAR.toString(), "--port", "0");
        command.environment().keySet().removeIf(variable -> variable.startsWith("OIDC_"));
        command.environment().putAll(settings);
        var process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + text(log));
        } finally {
            process.destroyForcibly();
        }
        var said = text(log);
        assertEquals(1, process.exitValue(), said);
        assertFalse(said.contains("\tat "), "without a stack trace: " + said);
        return said;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
