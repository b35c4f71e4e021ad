// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ClaimsMapTest {
    private final UserClaims claims = new UserClaims(Map.of(
            "sub",
            "1",
            "text",
            "a",
            "number",
            7L,
            "large",
            1L << 40,
            "fraction",
            1.5,
            "list",
            List.of("a", "b"),
            "mixed",
            List.of("a", 1L),
            "inside",
            Map.of("text", "b", "deeper", Map.of("number", 1L)),
            "yes",
            true));

    @Test
    void readsClaimsByType() {
        assertEquals(Optional.of("a"), claims.getStringClaim("text"));
        assertEquals(OptionalInt.of(7), claims.getIntClaim("number"));
        assertEquals(OptionalLong.of(1L << 40), claims.getLongClaim("large"));
        assertEquals(OptionalDouble.of(1.5), claims.getDoubleClaim("fraction"));
        assertEquals(OptionalDouble.of(7), claims.getDoubleClaim("number"));
        assertEquals(List.of("a", "b"), claims.getArrayStringClaim("list"));
        assertEquals(List.of("a"), claims.getArrayStringClaim("text"));
        assertEquals(Optional.of(Instant.ofEpochSecond(7)), claims.getNumericDateClaim("number"));
        assertEquals(Optional.of(Instant.ofEpochMilli(1500)), claims.getNumericDateClaim("fraction"));
    }

    @Test
    void readsWhatIsInside() {
        var inside = claims.getNested("inside").orElseThrow();
        assertEquals(Optional.of("b"), inside.getStringClaim("text"));
        assertEquals(OptionalInt.of(1), inside.getNested("deeper").orElseThrow().getIntClaim("number"));
        assertEquals("Claims", inside.toString());
    }

    @Test
    void aClaimThatIsNotThereIsEmpty() {
        assertEquals(Optional.empty(), claims.getStringClaim("none"));
        assertEquals(Optional.empty(), claims.getNumericDateClaim("none"));
        assertEquals(List.of(), claims.getArrayStringClaim("none"));
        assertEquals(OptionalInt.empty(), claims.getIntClaim("none"));
        assertEquals(OptionalLong.empty(), claims.getLongClaim("none"));
        assertEquals(OptionalDouble.empty(), claims.getDoubleClaim("none"));
        assertEquals(Optional.empty(), claims.getNested("none"));
    }

    @Test
    void aClaimOfAnotherTypeIsRefused() {
        for (Executable wrong : List.<Executable>of(
                () -> claims.getStringClaim("number"),
                () -> claims.getStringClaim("yes"),
                () -> claims.getNumericDateClaim("text"),
                () -> claims.getArrayStringClaim("mixed"),
                () -> claims.getArrayStringClaim("number"),
                () -> claims.getIntClaim("text"),
                () -> claims.getIntClaim("large"),
                () -> claims.getIntClaim("fraction"),
                () -> claims.getLongClaim("fraction"),
                () -> claims.getDoubleClaim("yes"),
                () -> claims.getNested("text"))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
    }

    @Test
    void standardClaimsThatAreNoTextAreWrittenOut() {
        var user = new UserClaims(Map.of(
                "email_verified",
                true,
                "phone_number_verified",
                false,
                "updated_at",
                1767268800L,
                "address",
                Map.of("locality", "Köln \"am\" Rhein")));
        assertEquals(Optional.of("true"), user.getEmailVerified());
        assertEquals(Optional.of("false"), user.getPhoneNumberVerified());
        assertEquals(Optional.of("1767268800"), user.getUpdatedAt());
        assertEquals(Optional.of("{\"locality\":\"Köln \\\"am\\\" Rhein\"}"), user.getAddress());
        assertEquals(Optional.of("Main Street"), new UserClaims(Map.of("address", "Main Street")).getAddress());
        assertEquals(Optional.empty(), claims.getEmailVerified());
    }
}
