// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A server in a process of its own. Its output goes to a file whose tail is part of every failure; it and what it
 * started end with {@link #close()}, at the latest with this JVM.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TAIL_LINES = 60;

    /** Ends the server when standard input ends: no exit hook runs in a JVM that is killed. */
    private static final String GUARD = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            { cat <&3; kill $server; } >/dev/null 2>&1 &
            guard=$!
            wait $server
            status=$?
            kill $guard
            exit $status
            """;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ServerProcess::close)));
    }

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code command}; what it prints is appended to {@code output}. */
    public static ServerProcess start(ProcessBuilder command, Path output) throws IOException {
        Files.createDirectories(output.toAbsolutePath().getParent());
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "server"));
        guarded.addAll(command.command());
        Process process = command.command(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        ServerProcess server = new ServerProcess(process, output);
        RUNNING.add(server);
        return server;
    }

    /** Runs {@code command} to its end, which must come within {@code limit} and be a success. */
    public static void run(ProcessBuilder command, Path output, Duration limit)
            throws IOException, InterruptedException {
        List<String> words = List.copyOf(command.command());
        try (ServerProcess server = start(command, output)) {
            boolean ended = server.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || server.process.exitValue() != 0) {
                throw server.failure(String.join(" ", words) + (ended ? " failed" : " took longer than " + limit));
            }
        }
    }

    /** Waits until {@code document} is answered with 200 and a body that contains {@code text}. */
    public void awaitReady(URI document, String text, Duration limit) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + limit.toNanos();
        while (!answers(client, document, text)) {
            if (!process.isAlive()) {
                throw failure("ended with status " + process.exitValue() + " before it was ready");
            }
            if (System.nanoTime() > deadline) {
                throw failure(document + " was not ready within " + limit);
            }
            // Nothing signals readiness, so this is a poll, bounded by the deadline.
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static boolean answers(HttpClient client, URI document, String text) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(document).timeout(Duration.ofSeconds(10)).build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().contains(text);
        } catch (IOException notYetListening) {
            return false;
        }
    }

    private IOException failure(String what) throws IOException {
        List<String> lines =
                Files.readString(output, StandardCharsets.UTF_8).lines().toList();
        List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return new IOException(what + ". The end of " + output + ":\n" + String.join("\n", tail));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the server and everything it started: asks first, then insists. Returns when they are gone. */
    @Override
    public void close() {
        ProcessHandle parent = process.toHandle();
        List<ProcessHandle> family =
                Stream.concat(parent.descendants(), Stream.of(parent)).toList();
        family.forEach(ProcessHandle::destroy);
        awaitEnd(family, Duration.ofSeconds(10));
        family.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(family, Duration.ofSeconds(5));
        RUNNING.remove(this);
    }

    /** Polls, because Java itself looks only every so often for the end of processes that others started. */
    private static void awaitEnd(List<ProcessHandle> family, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (family.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
