// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Something a machine may lack. Its tests are skipped there, but fail where {@code CI=true} promises a complete machine. */
final class Prerequisite {
    private Prerequisite() {}

    /** Goes on if the machine has it; otherwise skips or fails the test, saying {@code remedy}. */
    static void require(boolean present, String remedy) {
        if (present) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(remedy);
        }
        Assumptions.abort(remedy);
    }
}
