// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of the repository, for tests that keep them in step with the code. */
final class Repository {
    private Repository() {}

    /** The folder of this module. */
    static Path module() {
        return root().resolve("oidc-filter");
    }

    /** The folder of the whole project. */
    static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }

    /** Checks that {@code file} holds {@code expected}, or writes it when the system property {@code write} is true. */
    static void assertUpToDate(Path file, String expected, String write) throws IOException {
        if (Boolean.getBoolean(write)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertEquals(
                expected,
                Files.exists(file) ? Files.readString(file) : "",
                () -> file + " is out of date; run this test with -D" + write + "=true and look at the difference");
    }
}
