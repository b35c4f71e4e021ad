// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * docs/containers.md says what the tests of this build have shown. A container whose tests have not run in this build goes on
 * with what the document says of it, except with {@code CI=true}, where all have to be there.
 */
class ContainersDocumentIT {
    private static final Path TESTS = Path.of("..");
    private static final Path ROOT = TESTS.resolve("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/containers.md");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path STANDALONE = TESTS.resolve("standalone");

    private final boolean all = "true".equals(System.getenv("CI"));
    private final Instant since = Instant.parse(Objects.requireNonNull(System.getProperty("build.started")));
    private final Map<Server, List<Report>> reports = new EnumMap<>(Server.class);

    @BeforeEach
    void readTheReportsOfThisBuild() throws IOException {
        for (Server server : Server.values()) {
            reports.put(server, Report.in(TESTS.resolve(server.reports), since));
        }
        assumeFalse(
                !all && reports.values().stream().allMatch(List::isEmpty),
                "none of the tests on containers has run in this build, so there is nothing to compare docs/containers.md with");
    }

    @Test
    void theDocumentAndTheReadmeSayWhatTheTestsHaveShown() throws IOException {
        String before = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
        List<String> problems = new ArrayList<>();
        Map<Combination, Map<String, String>> columns = new LinkedHashMap<>();
        Map<Combination, Map<String, String>> known = ContainersDocument.columns(before);
        List<Report> atKeycloak = Report.in(STANDALONE.resolve("target/failsafe-reports"), since);
        for (Combination combination : Combination.ALL) {
            Map<String, String> cells = new LinkedHashMap<>(known.getOrDefault(combination, Map.of()));
            shown(combination)
                    .ifPresentOrElse(
                            column -> {
                                column.problems().forEach(problem -> problems.add(combination + ": " + problem));
                                cells.putAll(column.cells());
                            },
                            () -> ifAllAreDue(problems, combination + " has no report of this build"));
            AtKeycloak.cell(combination, atKeycloak, all)
                    .ifPresentOrElse(
                            cell -> cells.put(AtKeycloak.TITLE, cell),
                            () -> ifKeycloakIsDue(problems, combination + " has no report of a login at Keycloak"));
            columns.put(combination, cells);
        }
        assertEquals(List.of(), problems);
        compare(columns);
    }

    private Optional<Column> shown(Combination combination) {
        List<Report> ofServer = Objects.requireNonNull(reports.get(combination.server()));
        return Optional.of(ofServer)
                .filter(found -> Column.isIn(found, combination))
                .map(found -> Column.of(combination, Row.ALL, found));
    }

    private void ifAllAreDue(List<String> problems, String problem) {
        if (all) {
            problems.add(problem);
        }
    }

    private void ifKeycloakIsDue(List<String> problems, String problem) {
        if (isStandaloneThere()) {
            ifAllAreDue(problems, problem);
        }
    }

    private static boolean isStandaloneThere() {
        return Files.exists(STANDALONE.resolve("pom.xml"));
    }

    private static void compare(Map<Combination, Map<String, String>> columns) throws IOException {
        List<String> titles = Stream.of(
                        Stream.of(Column.VERSION),
                        Row.ALL.stream().map(Row::title),
                        Stream.of(AtKeycloak.TITLE).filter(title -> isStandaloneThere()))
                .flatMap(part -> part)
                .toList();
        columns.values().forEach(cells -> cells.keySet().retainAll(titles));
        String document = ContainersDocument.text(titles, columns, Row.ALL);
        String readme = ContainersDocument.quoted(Files.readString(README), ContainersDocument.summary(columns));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCUMENT, document);
            Files.writeString(README, readme);
        }
        assertUpToDate(DOCUMENT, document);
        assertUpToDate(README, readme);
    }

    private static void assertUpToDate(Path file, String expected) throws IOException {
        assertEquals(
                expected,
                Files.exists(file) ? Files.readString(file) : "",
                () -> file.getFileName() + " does not say what the tests have shown; run ./mvnw -pl"
                        + " integration-tests/matrix -am verify -Ddocs.write=true and look at the difference");
    }
}
