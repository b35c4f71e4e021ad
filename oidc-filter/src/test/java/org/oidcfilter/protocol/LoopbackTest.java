// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost", "app.localhost", "[::1]", "127.0.0.1", "127.255.255.255", "127.1.2.3"})
    void thisMachineIs(String host) {
        assertEquals(true, Loopback.is(host));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "localhost.evil.test",
                "notlocalhost",
                "localhost.",
                "127.0.0.256",
                "127.0.0.01",
                "127.0.0.1.evil.test",
                "127.1",
                "128.0.0.1",
                "10.0.0.1",
                "0.0.0.0",
                "::1",
                "[::2]",
                "[::ffff:127.0.0.1]"
            })
    void whateverElseIsNot(@Nullable String host) {
        assertEquals(false, Loopback.is(host));
    }
}
