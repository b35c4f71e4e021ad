// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void knowsTheEdgesOfPrintableAscii() {
        assertTrue(Printable.isPrintableAscii(" ~"));
        assertTrue(Printable.isPrintableAscii(""));
        assertFalse(Printable.isPrintableAscii("a\u001f"));
        assertFalse(Printable.isPrintableAscii("\u007f"));
    }

    @Test
    void makesAForeignTextHarmlessForALogLine() {
        assertEquals("a?b?c?~ ", Printable.of("a\nb\u001bcü~ "));
        assertEquals("x".repeat(200) + "...", Printable.of("x".repeat(1_000_000)));
        assertEquals("x".repeat(200), Printable.of("x".repeat(200)));
    }

    @Test
    void knowsWhatFitsOnOneLine() {
        assertTrue(Printable.isOneLine("caf\u00e9 ~"));
        assertFalse(Printable.isOneLine("a\nb"));
        assertFalse(Printable.isOneLine("\u007f"));
        assertFalse(Printable.isOneLine("\u0085"));
    }
}
