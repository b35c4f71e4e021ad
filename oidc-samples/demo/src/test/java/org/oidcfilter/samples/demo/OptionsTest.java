// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void listensOnPort8080OfThisMachineUnlessTold() {
        assertEquals(new Options("localhost", 8080), Options.parse());
        assertEquals(new Options("127.0.0.1", 9090), Options.parse("--port", "9090", "--host", "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port x", "--port 65536", "--port -1", "--colour red", "9090"})
    void saysHowItIsUsedWhenItCannotUnderstand(String line) {
        var failure = assertThrows(IllegalArgumentException.class, () -> Options.parse(line.split(" ", -1)));
        assertTrue(String.valueOf(failure.getMessage()).contains(Options.USAGE));
    }
}
