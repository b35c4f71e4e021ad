// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainersDocumentTest {
    private static final List<String> TITLES = List.of(Column.VERSION, "Login", "Beans");

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<Combination, Map<String, String>> columns = columns();
        assertEquals(columns, ContainersDocument.columns(ContainersDocument.text(TITLES, columns, Row.ALL)));
    }

    @Test
    void whatIsNotWrittenYetHasNoCells() {
        assertEquals(Map.of(), ContainersDocument.columns(""));
        String text = ContainersDocument.text(TITLES, Map.of(), Row.ALL);
        ContainersDocument.columns(text).values().forEach(cells -> assertEquals("", cells.get("Login")));
        assertEquals(Combination.ALL.size(), ContainersDocument.columns(text).size());
    }

    @Test
    void everyExceptionIsExplainedOnceAndInOrder() {
        String text = ContainersDocument.text(TITLES, columns(), Row.ALL);
        int number = 1;
        for (Row row : Row.ALL) {
            if (row.exception().isPresent()) {
                assertTrue(
                        text.contains(
                                "\n" + number++ + ". " + row.exception().get().reason() + "\n"),
                        row.title());
            }
        }
        assertTrue(number > 1);
    }

    @Test
    void theSummaryCountsWhatHasPassedAndSaysWhatHasNot() {
        String summary = ContainersDocument.summary(columns());
        assertTrue(summary.contains("| tests with the filter | 7 | 7 | 7 | 7 | 7 |\n"), summary);
        assertTrue(
                summary.contains("| tests with container security | 7 (1 failed) | 7 (1 failed) | 7 (1 failed) "),
                summary);
    }

    @Test
    void theSummaryTakesItsPlaceInTheReadmeAndNoOther() {
        String readme = "before\n" + ContainersDocument.BEGIN + "old\n" + ContainersDocument.END + "after\n";
        assertEquals(readme.replace("old", "new"), ContainersDocument.quoted(readme, "new\n"));
        assertThrows(IllegalStateException.class, () -> ContainersDocument.quoted("nothing", "new"));
    }

    private static Map<Combination, Map<String, String>> columns() {
        Map<Combination, Map<String, String>> columns = new LinkedHashMap<>();
        for (Combination combination : Combination.ALL) {
            columns.put(
                    combination,
                    combination.mode() == Mode.FILTER
                            ? Map.of(Column.VERSION, "11.0.24", "Login", "4", "Beans", "3")
                            : Map.of(Column.VERSION, "11.0.24", "Login", "7, 1 failed", "Beans", "–<sup>1</sup>"));
        }
        return columns;
    }
}
