// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that a machine may lack. Its tests are skipped there, but fail where {@code CI=true} promises a complete machine. */
final class Prerequisite {
    private Prerequisite() {}

    /** Goes on if {@code program} is on the path. */
    static void program(String program, String remedy) {
        var present = Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(folder -> new File(folder, program).canExecute());
        if (!present && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(remedy);
        }
        assumeTrue(present, remedy);
    }
}
