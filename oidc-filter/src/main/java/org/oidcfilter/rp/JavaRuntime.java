// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.lang.Runtime.Version;
import java.util.Optional;

/** What the Java runtime itself may get wrong. */
final class JavaRuntime {
    private static final Version FIXED_17 = Version.parse("17.0.3");
    private static final Version FIXED_18 = Version.parse("18.0.1");

    private JavaRuntime() {}

    /**
     * CVE-2022-21449: ECDSA signatures of zeros pass. Not those of tokens, which are looked at before; but whom the runtime
     * talks TLS with, it decides alone.
     */
    static Optional<String> warning(Version version) {
        var fixed = version.feature() <= FIXED_17.feature() ? FIXED_17 : FIXED_18;
        return version.compareTo(fixed) < 0
                ? Optional.of("this Java (" + version
                        + ") takes forged ECDSA signatures for genuine (CVE-2022-21449), also in"
                        + " TLS to the provider; update it")
                : Optional.empty();
    }
}
