// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Makes a change of the public API visible. Run it with {@code -Dapi.write=true} to write {@code api.txt} anew. */
class ApiSnapshotTest {
    private static final Path CLASSES = Repository.module().resolve("target/classes/org/oidcfilter");

    @Test
    void theApiIsTheOneThatWasAgreedOn() throws IOException {
        Repository.assertUpToDate(Repository.module().resolve("api.txt"), api(), "api.write");
    }

    @Test
    void showsWhatOthersCanUseAndNothingElse() {
        assertEquals("""
                protected abstract static class ApiSnapshotTest.Sample<T extends Number> implements Comparable<ApiSnapshotTest.Sample<T>>
                  protected <S extends T> List<? super S> both(S, int[], Object...) throws IOException
                  protected Sample(String)
                  protected static final long NUMBER
                """, new Signature(Sample.class).text());
    }

    @Test
    void showsRecordsEnumsAndSealedTypesAsSuch() {
        assertTrue(
                new Signature(SetCookie.class)
                        .text()
                        .startsWith(
                                "final record SetCookie(String name, String value, String path, Duration maxAge, boolean secure)\n"));
        assertTrue(new Signature(Reason.class).text().startsWith("final enum Reason\n"));
        assertTrue(new Signature(Outcome.class)
                .text()
                .startsWith("sealed interface Outcome permits Outcome.Proceed, Outcome.Reply\n"));
    }

    private static String api() throws IOException {
        return types().sorted(Comparator.comparing(Class::getName))
                .filter(Signature::isVisible)
                .map(type -> new Signature(type).text())
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Class<?>> types() throws IOException {
        try (var files = Files.list(CLASSES)) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
                    .map(file -> "org.oidcfilter." + file.replace(".class", ""))
                    .toList();
            var filter = Files.exists(CLASSES.resolve("servlet/OidcFilter.class"))
                    ? List.of("org.oidcfilter.servlet.OidcFilter")
                    : List.<String>of();
            return Stream.concat(names.stream(), filter.stream()).map(ApiSnapshotTest::load);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiSnapshotTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of everything. */
    @SuppressWarnings("unused") // by reflection only
    protected abstract static class Sample<T extends Number> implements Comparable<Sample<T>> {
        protected static final long NUMBER = 1;
        private final String hidden;
        final String internal;

        protected Sample(String name) {
            hidden = name;
            internal = name;
        }

        Sample() {
            this("");
        }

        protected <S extends T> List<? super S> both(S first, int[] second, Object... more) throws IOException {
            throw new IOException(hidden);
        }

        void internal() {}
    }
}
