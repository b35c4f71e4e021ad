// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oidcfilter.Secret;

class KeyFileTest {
    private static final String OLD = "the old key of thirty-two characters";
    private static final String NEW = "the new key of thirty-two characters";

    private final Path file;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    KeyFileTest(@TempDir Path folder) {
        file = folder.resolve("keys");
    }

    @Test
    void holdsOneKeyALine() throws Exception {
        Files.writeString(file, NEW + "\r\n\n  " + OLD + "  \n");
        assertEquals(List.of(Secret.of(NEW), Secret.of(OLD)), KeyFile.read(file.toString()));
    }

    @Test
    void refusesWhatIsTooShort() throws Exception {
        Files.writeString(file, NEW + "\nshort\n");
        var refused = assertThrows(IllegalArgumentException.class, () -> KeyFile.read(file.toString()));
        assertEquals("must be secrets of at least 32 characters each", refused.getMessage());
    }

    @Test
    void takesAChangeOver() throws Exception {
        var keys = started(OLD);
        Files.writeString(file, NEW + "\n" + OLD);
        assertEquals(List.of(Secret.of(OLD)), keys.get(), "not with every request");
        later();
        assertEquals(List.of(Secret.of(NEW), Secret.of(OLD)), keys.get());
        assertSame(keys.get(), keys.get());
    }

    @Test
    void handsOutTheSameListWhileNothingChanges() throws Exception {
        var keys = started(OLD);
        var first = keys.get();
        later();
        assertSame(first, keys.get());
    }

    @Test
    void aSlipOfTheEditorLogsNobodyOut() throws Exception {
        var keys = started(OLD);
        for (var slip : List.of("", "short", NEW + "\nshort")) {
            Files.writeString(file, slip);
            later();
            assertEquals(List.of(Secret.of(OLD)), keys.get(), slip);
        }
        Files.delete(file);
        later();
        assertEquals(List.of(Secret.of(OLD)), keys.get());
        Files.writeString(file, NEW);
        later();
        assertEquals(List.of(Secret.of(NEW)), keys.get());
    }

    private KeyFile started(String content) throws IOException {
        Files.writeString(file, content);
        var keys = new KeyFile(file, KeyFile.read(file.toString()), new Ticking());
        assertEquals(List.of(Secret.of(content)), keys.get());
        return keys;
    }

    private void later() {
        now = now.plus(KeyFile.PAUSE);
    }

    private final class Ticking extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
