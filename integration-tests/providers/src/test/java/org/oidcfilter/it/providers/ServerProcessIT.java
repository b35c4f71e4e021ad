// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oidcfilter.it.process.ServerProcess;

/** Processes of the tests leave nothing behind and say why they failed. */
class ServerProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path folder;

    ServerProcessIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void endsWhatTheServerStartedToo() throws Exception {
        Path pid = folder.resolve("pid");
        ServerProcess server = start("sleep 600 & echo $! > " + pid + ".new; mv " + pid + ".new " + pid + "; wait");
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(await(pid).strip())).orElseThrow();
        assertTrue(child.isAlive());

        server.close();

        assertFalse(server.isAlive());
        assertFalse(child.isAlive());
    }

    @Test
    void endsAServerThatDoesNotListen() throws Exception {
        Path ready = folder.resolve("ready");
        ServerProcess server = start("trap '' TERM; echo yes > " + ready + "; sleep 600");
        await(ready);

        server.close();

        assertFalse(server.isAlive());
    }

    @Test
    void showsTheEndOfTheOutputOfAServerThatDied() throws Exception {
        try (ServerProcess server = start("echo the port is taken; exit 3")) {
            IOException failure = assertThrows(
                    IOException.class, () -> server.awaitReady(URI.create("http://127.0.0.1:9/"), "ready", LIMIT));

            assertTrue(failure.toString().contains("ended with status 3"), failure::toString);
            assertTrue(failure.toString().contains("the port is taken"), failure::toString);
        }
    }

    @Test
    void doesNotTakeAnotherAnswerForReadiness() throws Exception {
        try (PageServer pages = new PageServer();
                ServerProcess server = start("sleep 600")) {
            pages.page("/", "somebody else");

            IOException failure = assertThrows(
                    IOException.class, () -> server.awaitReady(pages.at("/"), "the issuer", Duration.ofSeconds(1)));

            assertTrue(failure.toString().contains("was not ready within"), failure::toString);
        }
    }

    @Test
    void endsWhenThisProcessIsKilled() throws Exception {
        Path pid = folder.resolve("pid");
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        Starter.class.getName(),
                        "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 600",
                        folder.resolve("output").toString())
                .start();
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(await(pid).strip())).orElseThrow();

        killed.destroyForcibly().waitFor();

        assertEquals(server, server.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    /** Another JVM that starts a server and then waits to be killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] arguments) throws Exception {
            ServerProcess.start(new ProcessBuilder("/bin/sh", "-c", arguments[0]), Path.of(arguments[1]));
            System.in.read();
        }
    }

    private ServerProcess start(String script) throws IOException {
        return ServerProcess.start(new ProcessBuilder(List.of("/bin/sh", "-c", script)), folder.resolve("output"));
    }

    /** Polls for a file, because a shell script has no other way to tell. */
    private static String await(Path file) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(file)) {
            assertTrue(System.nanoTime() < deadline, () -> file + " does not appear");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return Files.readString(file);
    }
}
