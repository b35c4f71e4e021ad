// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;

/** Asserts that a message is refused, and why. */
final class Refusal {
    private Refusal() {}

    static InvalidResponseException assertRefused(Reason reason, Executable reading) {
        var refusal = assertThrows(InvalidResponseException.class, reading);
        assertEquals(reason, refusal.reason());
        return refusal;
    }
}
