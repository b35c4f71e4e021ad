// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the repository, for tests that keep them in step with the code. */
public final class Repository {
    private Repository() {}

    /** The folder of this module. */
    static Path module() {
        return root().resolve("oidc-filter");
    }

    /** The folder of the whole project. */
    public static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }

    /** The Java sources below {@code folder} by the simple name of their class. */
    public static Map<String, String> sources(String folder) throws IOException {
        try (var files = Files.walk(root().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            Repository::text,
                            (one, other) -> one + other,
                            TreeMap::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks that {@code file} holds {@code expected}, or writes it when the system property {@code write} is true. */
    public static void assertUpToDate(Path file, String expected, String write) throws IOException {
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
