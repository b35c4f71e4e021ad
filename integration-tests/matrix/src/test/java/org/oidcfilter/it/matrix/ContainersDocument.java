// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/containers.md, and what README.md quotes of it. */
final class ContainersDocument {
    static final String BEGIN = "<!-- from docs/containers.md -->\n";
    static final String END = "<!-- end of what is from docs/containers.md -->\n";

    private static final String BEFORE = """
            <!--
              Generated from the reports of the tests on containers; the rows are in org.oidcfilter.it.matrix.Row. Run
              ./mvnw -pl integration-tests/matrix -am verify -Ddocs.write=true
            -->
            # Containers

            The same scenarios run on every container, in the two ways to have people log in: with the filter in `web.xml`, and with
            the container itself asking us (`oidc.container-security`). The applications are real WARs, requests come through real
            sockets, and the provider is the development provider of this project. Tomcat and Jetty are embedded, WildFly is the
            distribution.

            A number counts the tests that have passed. What runs with sessions in the container and with sessions in cookies counts
            twice. A dash has its reason below the table; a test that fails or is skipped would show, and a missing one fails the build.

            """;

    private ContainersDocument() {}

    /** The document. Each column has the cells of the rows, by their titles. */
    static String text(List<String> titles, Map<Combination, Map<String, String>> columns, List<Row> rows) {
        StringBuilder text = new StringBuilder(BEFORE);
        text.append(line("Scenarios", Combination.ALL.stream().map(Combination::title)));
        text.append(line("---", Combination.ALL.stream().map(combination -> "---:")));
        for (String title : titles) {
            text.append(
                    line(title, Combination.ALL.stream().map(combination -> columns.getOrDefault(combination, Map.of())
                            .getOrDefault(title, ""))));
        }
        text.append("\nWhat does not apply, and why:\n\n");
        int number = 1;
        for (Row row : rows) {
            if (row.exception().isPresent()) {
                text.append(number++ + ". " + row.exception().get().reason() + "\n");
            }
        }
        return text.toString();
    }

    /** The cells of a document, by the titles of columns and rows: what a build without these columns goes on saying. */
    static Map<Combination, Map<String, String>> columns(String document) {
        Map<Combination, Map<String, String>> columns = new LinkedHashMap<>();
        List<List<String>> table = document.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> List.of(line.substring(2, line.lastIndexOf(" |")).split(" \\| ", -1)))
                .toList();
        for (Combination combination : Combination.ALL) {
            int index = table.isEmpty() ? -1 : table.get(0).indexOf(combination.title());
            if (index > 0) {
                Map<String, String> cells = new LinkedHashMap<>();
                table.stream()
                        .skip(2)
                        .filter(row -> row.size() > index)
                        .forEach(row -> cells.put(row.get(0), row.get(index)));
                columns.put(combination, cells);
            }
        }
        return columns;
    }

    /** What README.md says: how many tests have passed on which version. */
    static String summary(Map<Combination, Map<String, String>> columns) {
        StringBuilder text = new StringBuilder();
        text.append(line("", Stream.of(Server.values()).map(server -> server.title)));
        text.append(line("---", Stream.of(Server.values()).map(server -> "---:")));
        List<Map<String, String>> filter = columns(columns, Mode.FILTER);
        text.append(line("version", filter.stream().map(cells -> cells.getOrDefault(Column.VERSION, ""))));
        text.append(line("tests with the filter", filter.stream().map(ContainersDocument::sum)));
        text.append(line(
                "tests with container security",
                columns(columns, Mode.CONTAINER).stream().map(ContainersDocument::sum)));
        return text.toString();
    }

    /** {@code readme} with this summary in its place. */
    static String quoted(String readme, String summary) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("README.md has no place for what is from docs/containers.md");
        }
        return readme.substring(0, begin + BEGIN.length()) + summary + readme.substring(end);
    }

    private static List<Map<String, String>> columns(Map<Combination, Map<String, String>> columns, Mode mode) {
        List<Map<String, String>> ofMode = new ArrayList<>();
        for (Server server : Server.values()) {
            ofMode.add(columns.getOrDefault(new Combination(server, mode), Map.of()));
        }
        return ofMode;
    }

    /** Passed only: of what has not passed the text is longer than its number. */
    private static String sum(Map<String, String> cells) {
        int passed = cells.entrySet().stream()
                .filter(cell -> !cell.getKey().equals(Column.VERSION))
                .filter(cell -> cell.getValue().matches("\\d+.*"))
                .mapToInt(cell -> Integer.parseInt(cell.getValue().replaceAll("\\D.*", "")))
                .sum();
        List<String> rest = cells.values().stream()
                .filter(text -> text.contains("failed") || text.contains("skipped"))
                .map(text -> text.replaceAll("^\\d+, ", ""))
                .toList();
        return passed + (rest.isEmpty() ? "" : " (" + String.join(", ", rest) + ")");
    }

    private static String line(String title, Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| " + title + " | ", " |\n"));
    }
}
