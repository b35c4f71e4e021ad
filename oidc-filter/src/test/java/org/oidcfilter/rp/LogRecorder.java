// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that is logged at its finest, as a formatter would print it, causes included. */
final class LogRecorder implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level level;
    private final Predicate<LogRecord> heard;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Level> levels = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (heard.test(entry)) {
                record(entry);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Listens to the library. */
    LogRecorder() {
        this(Logger.getLogger("org.oidcfilter"), entry -> true);
    }

    private LogRecorder(Logger logger, Predicate<LogRecord> heard) {
        this.logger = logger;
        this.level = logger.getLevel();
        this.heard = heard;
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    /** Listens to everybody but the loggers whose names begin with one of {@code others}. */
    static LogRecorder ofAllBut(String... others) {
        return new LogRecorder(Logger.getLogger(""), entry -> Stream.of(others)
                .noneMatch(String.valueOf(entry.getLoggerName())::startsWith));
    }

    private void record(LogRecord entry) {
        levels.add(entry.getLevel());
        synchronized (lines) {
            lines.add(text(entry));
            lines.notifyAll();
        }
    }

    /** What was logged so far. */
    List<String> lines() {
        return lines;
    }

    /** How loudly each of them was. */
    List<Level> levels() {
        return levels;
    }

    /** Waits until a line with {@code text} has been logged. */
    void awaitLine(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        synchronized (lines) {
            while (lines.stream().noneMatch(line -> line.contains(text))) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertTrue(left > 0, "not logged: " + text);
                lines.wait(left);
            }
        }
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(level);
    }

    private static String text(LogRecord entry) {
        var text = new StringWriter();
        text.write(new SimpleFormatter().formatMessage(entry));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
