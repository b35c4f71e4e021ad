// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one combination has shown.
 *
 * @param cells the texts of the cells, by the titles of their rows
 * @param problems why the column is not to be believed: tests that did not run although they should, or should not although
 *     they did
 */
record Column(Combination combination, Map<String, String> cells, List<String> problems) {
    /** The title of the first row. */
    static final String VERSION = "Version";

    private static final String SUITE = "org.oidcfilter.it.suite.";
    /** The application without us, for which there is no mode. */
    private static final String GROUND = SUITE + "SmokeIT";

    Column {
        cells = Map.copyOf(cells);
        problems = List.copyOf(problems);
    }

    /** Whether there is a test of the suite for this combination among the reports. */
    static boolean isIn(List<Report> reports, Combination combination) {
        return reports.stream().flatMap(report -> report.tests().stream()).anyMatch(test -> isOf(combination, test));
    }

    /** Reads the column out of the reports of its container. */
    static Column of(Combination combination, List<Row> rows, List<Report> reports) {
        List<Report.TestCase> tests = reports.stream()
                .flatMap(report -> report.tests().stream())
                .filter(test -> isOf(combination, test))
                .toList();
        Map<String, String> cells = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Set<String> versions = new TreeSet<>();
        reports.forEach(report -> report.version().ifPresent(versions::add));
        cells.put(VERSION, String.join(", ", versions));
        for (Report.TestCase test : tests) {
            if (Row.of(test, rows).isEmpty()) {
                problems.add(test.className() + "." + test.name() + " belongs to no row of " + Row.class.getName());
            }
        }
        for (Row row : rows) {
            List<Report.TestCase> own = tests.stream()
                    .filter(test -> Row.of(test, rows).filter(row::equals).isPresent())
                    .toList();
            problems.addAll(problems(combination, row, own));
            cells.put(row.title(), row.appliesTo(combination) ? tally(own) : note(row, rows));
        }
        return new Column(combination, cells, problems);
    }

    private static boolean isOf(Combination combination, Report.TestCase test) {
        return test.className().startsWith(SUITE)
                && !test.className().equals(GROUND)
                && Mode.of(test.className()) == combination.mode();
    }

    private static List<String> problems(Combination combination, Row row, List<Report.TestCase> ran) {
        List<String> problems = new ArrayList<>();
        if (!row.appliesTo(combination)) {
            ran.forEach(test -> problems.add(test.name() + " ran, and \"" + row.title() + "\" is said not to apply"));
            return problems;
        }
        Set<String> missing = new TreeSet<>(row.tests());
        ran.forEach(test -> missing.remove(test.name()));
        missing.forEach(name -> problems.add(name + " of \"" + row.title() + "\" did not run"));
        return problems;
    }

    /** How many have passed, and of those that have not, how many there are. */
    static String tally(List<Report.TestCase> tests) {
        StringBuilder text = new StringBuilder();
        text.append(count(tests, Report.Outcome.PASSED));
        for (Report.Outcome outcome : List.of(Report.Outcome.FAILED, Report.Outcome.SKIPPED)) {
            long number = count(tests, outcome);
            if (number > 0) {
                text.append(", ")
                        .append(number)
                        .append(' ')
                        .append(outcome.name().toLowerCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    private static long count(List<Report.TestCase> tests, Report.Outcome outcome) {
        return tests.stream().filter(test -> test.outcome() == outcome).count();
    }

    private static String note(Row row, List<Row> rows) {
        List<Row> withNotes =
                rows.stream().filter(other -> other.exception().isPresent()).toList();
        return "–<sup>" + (withNotes.indexOf(row) + 1) + "</sup>";
    }
}
