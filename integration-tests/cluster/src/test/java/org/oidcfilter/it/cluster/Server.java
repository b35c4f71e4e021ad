// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server in a process of its own, with all that it starts. It prints into a file, whose tail is part of every failure, and
 * ends with {@link #close()}, at the latest with this JVM.
 */
final class Server implements Closeable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 60;

    /** Ends the server when standard input ends, which it does with this JVM, however that ends. */
    private static final String GUARD = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            { cat <&3; kill -9 $server; } >/dev/null 2>&1 &
            guard=$!
            wait $server
            status=$?
            kill $guard
            exit $status
            """;

    private final Process process;
    private final Path output;

    private Server(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code command}; what it prints goes to {@code output}, behind what is there. */
    static Server start(Path output, List<String> command) {
        var guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "server"));
        guarded.addAll(command);
        var builder = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        try {
            return new Server(builder.start(), output);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + command, e);
        }
    }

    /** Waits until it is ready. Nothing signals that, so that one has to look. */
    void await(Duration limit, BooleanSupplier ready) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failure("it ended before it was ready");
            }
            if (System.nanoTime() > deadline) {
                throw failure("it was not ready within " + limit);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Waits until it has done what it was started for. */
    void awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw failure("it failed, or took longer than " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it has printed so far. */
    String printed() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it in its tracks; it keeps its connections and answers nobody. */
    void freeze() {
        signal("STOP");
    }

    /** Lets it go on. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        family().forEach(member -> {
            try {
                var kill = new ProcessBuilder("kill", "-" + name, Long.toString(member.pid())).start();
                kill.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends it without any warning ({@code kill -9}); returns when it is gone. */
    @Override
    public void close() {
        var family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + LONGEST_END.toNanos();
        while (family.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private List<ProcessHandle> family() {
        var parent = process.toHandle();
        return Stream.concat(parent.descendants(), Stream.of(parent)).toList();
    }

    private IllegalStateException failure(String what) {
        var lines = printed().lines().toList();
        var tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return new IllegalStateException(what + ". The end of " + output + ":\n" + String.join("\n", tail));
    }
}
