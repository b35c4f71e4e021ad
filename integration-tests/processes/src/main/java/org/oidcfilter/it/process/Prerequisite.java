// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Something a machine may lack. Its tests are skipped there, but fail where {@code CI=true} promises a complete machine. */
public final class Prerequisite {
    private Prerequisite() {}

    /** Lets the tests run if it is {@code present}; otherwise says {@code remedy}. */
    public static ConditionEvaluationResult require(boolean present, String remedy) {
        if (present) {
            return ConditionEvaluationResult.enabled("");
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(remedy);
        }
        return ConditionEvaluationResult.disabled(remedy);
    }
}
