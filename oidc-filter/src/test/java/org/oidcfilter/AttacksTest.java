// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/attacks.md answers for every case, and its answers are true: a case has a test that carries its id as a tag, or a
 * sentence that says why there is nothing to test.
 */
class AttacksTest {
    private static final Pattern GROUP = Pattern.compile("(?m)^## ([A-Z]{2})\\. .*\\((\\d+) cases\\)$");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([A-Z]{2}-\\d\\d) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern TAGGED = Pattern.compile("@Tag\\(\"([A-Z]{2}-\\d\\d)\"\\)");
    private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");

    @Test
    void everyCaseHasOneRowAndEveryRowIsACase() throws IOException {
        var expected = new ArrayList<String>();
        GROUP.matcher(document()).results().forEach(group -> {
            for (int i = 1; i <= Integer.parseInt(group.group(2)); i++) {
                expected.add("%s-%02d".formatted(group.group(1), i));
            }
        });
        var rows = ROW.matcher(document()).results().map(row -> row.group(1)).toList();
        assertEquals(expected, rows);
    }

    /** Otherwise a group could disappear together with its heading. */
    @Test
    void theGroupsAreThere() throws IOException {
        var groups = new TreeMap<String, String>();
        GROUP.matcher(document()).results().forEach(group -> groups.put(group.group(1), group.group(2)));
        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("AR", "30"),
                        Map.entry("AQ", "13"),
                        Map.entry("ID", "56"),
                        Map.entry("JK", "15"),
                        Map.entry("DI", "11"),
                        Map.entry("TE", "14"),
                        Map.entry("UI", "8"),
                        Map.entry("SE", "23"),
                        Map.entry("RD", "16"),
                        Map.entry("RC", "17"),
                        Map.entry("PB", "26"),
                        Map.entry("HI", "7"),
                        Map.entry("LO", "34"),
                        Map.entry("RF", "11"),
                        Map.entry("IL", "11"),
                        Map.entry("DS", "10"),
                        Map.entry("CF", "10"))),
                groups);
        assertFalse(document().contains("to be written"));
    }

    @Test
    void everyCaseHasATestOrTheReasonWhyThereIsNone() throws IOException {
        for (var row : rows().entrySet()) {
            var answer = row.getValue();
            assertEquals(
                    testsOf(answer).isEmpty(),
                    answer.startsWith("*absent:* ") || answer.startsWith("*later:* "),
                    row.toString());
        }
    }

    @Test
    void everyTestOfACaseExistsAndCarriesItsId() throws IOException {
        var tagged = tagged();
        for (var row : rows().entrySet()) {
            for (var test : testsOf(row.getValue())) {
                assertTrue(tagged.getOrDefault(row.getKey(), Set.of()).contains(test), row.getKey() + " " + test);
            }
        }
    }

    @Test
    void everyTestThatCarriesAnIdIsNamed() throws IOException {
        var rows = rows();
        assertFalse(rows.isEmpty());
        tagged().forEach((id, tests) -> tests.forEach(
                test -> assertTrue(rows.getOrDefault(id, "").contains("`" + test + "`"), id + " " + test)));
    }

    private static String document() throws IOException {
        return Files.readString(Repository.root().resolve("docs/attacks.md"));
    }

    /** The last cell of each row, by the id of the case. */
    private static Map<String, String> rows() throws IOException {
        var rows = new TreeMap<String, String>();
        ROW.matcher(document()).results().forEach(row -> rows.put(row.group(1), row.group(4)));
        return rows;
    }

    private static List<String> testsOf(String cell) {
        return TEST.matcher(cell)
                .results()
                .map(test -> test.group(1) + "." + test.group(2))
                .toList();
    }

    /** The tests that carry each id. */
    private static Map<String, Set<String>> tagged() throws IOException {
        var tests = new TreeMap<String, Set<String>>();
        for (var folder : List.of("oidc-filter/src/test/java", "integration-tests", "oidc-samples", "oidc-cdi")) {
            Repository.sources(folder)
                    .forEach((name, source) -> TAGGED.matcher(source).results().forEach(tag -> {
                        var method = METHOD.matcher(source);
                        assertTrue(method.find(tag.end()), name);
                        tests.computeIfAbsent(tag.group(1), id -> new TreeSet<>())
                                .add(name + "." + method.group(1));
                    }));
        }
        return tests;
    }
}
