// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import java.util.List;
import java.util.Optional;

/** The row of those who log in at Keycloak, with the distributions of the servers (the module {@code standalone}). */
final class AtKeycloak {
    static final String TITLE = "Login at Keycloak, on the server's own distribution";

    private AtKeycloak() {}

    /** Of a machine without Keycloak, which skips these tests, nothing is told, unless {@code all} has to be there. */
    static Optional<String> cell(Combination combination, List<Report> reports, boolean all) {
        List<Report.TestCase> tests = reports.stream()
                .flatMap(report -> report.tests().stream())
                .filter(test -> test.className().endsWith("." + combination.server().standalone))
                .filter(test -> test.name().contains(combination.mode().atKeycloak))
                .filter(test -> all || test.outcome() != Report.Outcome.SKIPPED)
                .toList();
        return tests.isEmpty() ? Optional.empty() : Optional.of(Column.tally(tests));
    }
}
