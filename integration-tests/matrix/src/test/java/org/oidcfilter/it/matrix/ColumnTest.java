// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.it.matrix.Report.Outcome;
import org.oidcfilter.it.matrix.Report.TestCase;
import org.oidcfilter.it.scenarios.FormPostScenarios;
import org.oidcfilter.it.scenarios.TwoFiltersScenarios;

class ColumnTest {
    private static final String SUITE = "org.oidcfilter.it.suite.";
    private static final Combination FILTER = new Combination(Server.TOMCAT_11, Mode.FILTER);
    private static final Combination CONTAINER = new Combination(Server.TOMCAT_11, Mode.CONTAINER);
    private static final Row FORM_POST = row(FormPostScenarios.class);
    private static final Row TWO_FILTERS = row(TwoFiltersScenarios.class);

    @Test
    void countsWhatHasPassed() {
        Column column = column(FILTER, FORM_POST, ran("FormPostIT", FORM_POST));
        assertEquals(List.of(), column.problems());
        assertEquals("2", column.cells().get(FORM_POST.title()));
        assertEquals("11.0.24", column.cells().get(Column.VERSION));
    }

    @Test
    void countsTheTestsOfItsOwnModeAlone() {
        List<TestCase> both = new ArrayList<>(ran("FormPostIT", FORM_POST));
        both.addAll(ran("ContainerFormPostIT", FORM_POST));
        assertEquals("2", column(FILTER, FORM_POST, both).cells().get(FORM_POST.title()));
        assertEquals("2", column(CONTAINER, FORM_POST, both).cells().get(FORM_POST.title()));
        assertFalse(Column.isIn(reports(ran("FormPostIT", FORM_POST)), CONTAINER));
    }

    @Test
    void whatFailsOrIsSkippedShows() {
        List<TestCase> tests = new ArrayList<>(ran("FormPostIT", FORM_POST));
        TestCase first = tests.remove(0);
        tests.add(new TestCase(first.className(), first.name(), Outcome.SKIPPED));
        assertEquals("1, 1 skipped", column(FILTER, FORM_POST, tests).cells().get(FORM_POST.title()));
        tests.add(new TestCase(first.className(), first.name(), Outcome.FAILED));
        assertEquals(
                "1, 1 failed, 1 skipped",
                column(FILTER, FORM_POST, tests).cells().get(FORM_POST.title()));
    }

    @Test
    void whatDidNotRunIsAProblem() {
        List<TestCase> tests = new ArrayList<>(ran("FormPostIT", FORM_POST));
        TestCase first = tests.remove(0);
        assertEquals(
                List.of(first.name() + " of \"" + FORM_POST.title() + "\" did not run"),
                column(FILTER, FORM_POST, tests).problems());
    }

    @Test
    void whatDoesNotApplyHasANoteAndMustNotRun() {
        Column column = column(CONTAINER, TWO_FILTERS, List.of());
        assertEquals(List.of(), column.problems());
        assertEquals("–<sup>1</sup>", column.cells().get(TWO_FILTERS.title()));
        List<TestCase> stray = List.of(new TestCase(
                SUITE + "ContainerFormPostIT", FORM_POST.tests().iterator().next(), Outcome.PASSED));
        Row wrong = FORM_POST.except(combination -> combination.mode() == Mode.CONTAINER, "in no container");
        assertEquals(1, column(CONTAINER, wrong, stray).problems().size());
    }

    @Test
    void aTestThatBelongsToNoRowIsAProblem() {
        Column column = column(FILTER, TWO_FILTERS, ran("FormPostIT", FORM_POST));
        assertTrue(column.problems().stream().anyMatch(problem -> problem.contains("belongs to no row")));
    }

    @Test
    void noTestOfTheSuiteIsWithoutARow() {
        Row.ALL.forEach(row -> assertFalse(row.tests().isEmpty(), row.title()));
    }

    @Test
    void whoLogsInAtKeycloakIsCountedByServerAndMode() {
        List<Report> reports = reports(List.of(
                new TestCase("a.Tomcat11IT", "filterModeAtKeycloakWorks", Outcome.PASSED),
                new TestCase("a.Tomcat11IT", "containerModeAtKeycloak", Outcome.SKIPPED),
                new TestCase("a.WildFlyIT", "filterModeAtKeycloak", Outcome.FAILED),
                new TestCase("a.Tomcat11IT", "another", Outcome.PASSED)));
        assertEquals(Optional.of("1"), AtKeycloak.cell(FILTER, reports, true));
        assertEquals(Optional.of("0, 1 skipped"), AtKeycloak.cell(CONTAINER, reports, true));
        assertEquals(Optional.empty(), AtKeycloak.cell(CONTAINER, reports, false));
        assertEquals(
                Optional.of("0, 1 failed"),
                AtKeycloak.cell(new Combination(Server.WILDFLY, Mode.FILTER), reports, true));
        assertEquals(Optional.empty(), AtKeycloak.cell(new Combination(Server.JETTY_EE10, Mode.FILTER), reports, true));
    }

    private static Column column(Combination combination, Row row, List<TestCase> tests) {
        return Column.of(combination, List.of(row), reports(tests));
    }

    private static List<Report> reports(List<TestCase> tests) {
        return List.of(new Report(Optional.of("11.0.24"), tests));
    }

    private static List<TestCase> ran(String suite, Row row) {
        return row.tests().stream()
                .map(name -> new TestCase(SUITE + suite, name, Outcome.PASSED))
                .toList();
    }

    private static Row row(Class<?> scenarios) {
        return Row.ALL.stream()
                .filter(row -> row.scenarios().contains(scenarios))
                .findFirst()
                .orElseThrow();
    }
}
