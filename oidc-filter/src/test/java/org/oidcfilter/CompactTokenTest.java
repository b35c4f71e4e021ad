// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTokenTest {
    @Test
    void aSignedTokenTakesAQuarterLess() {
        var part = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("x".repeat(300).getBytes(UTF_8));
        var token = part + "." + part + "." + part;
        var bytes = CompactToken.toBytes(token);
        assertEquals(1 + 3 * (2 + 300), bytes.length);
        assertEquals(token, CompactToken.fromBytes(ByteBuffer.wrap(bytes)));
    }

    @Test
    void whatALaterVersionWritesInAnotherWayIsNoToken() {
        for (var marker : new byte[] {2, 3, -1, 'e'}) {
            var bytes = ByteBuffer.wrap(new byte[] {marker, 'a', 'b'});
            assertThrows(NoSuchElementException.class, () -> CompactToken.fromBytes(bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "e30.e30.",
                ".e30",
                "e30",
                "opaque",
                "with space.and.more",
                "e30.e31.c2ln", // the last bits of the second part are not zero
                "e30=.e30=.c2ln",
                "e3A.e3/.c+ln",
                "a.b.c",
                "\u00fc.\u4e16.\ud83d\ude00",
                "e30\u0000.e30.c2ln",
                "e30\n.e30.c2ln"
            })
    void everyTokenComesBackAsItWas(String token) {
        var bytes = CompactToken.toBytes(token);
        assertEquals(token, CompactToken.fromBytes(ByteBuffer.wrap(bytes)));
        assertTrue(bytes.length <= token.getBytes(UTF_8).length + 2);
    }
}
