// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimPathTest {
    private static final Map<String, Object> CLAIMS = Map.of(
            "groups", List.of("staff", "admin"),
            "role", "clerk",
            "https://example.com/roles", List.of("namespaced"),
            "realm_access", Map.of("roles", List.of("nested")),
            "realm_access.roles", List.of("literal"),
            "resource_access", Map.of("my.app", Map.of("roles", List.of("quoted"))),
            "mixed", Arrays.asList("text", 5, null, List.of("deeper"), Map.of("a", "b")),
            "number", 5,
            "flag", true,
            "object", Map.of("admin", true));

    @Test
    void aStringIsOneAndAnArrayOfStringsIsSeveral() {
        assertEquals(List.of("clerk"), strings("role"));
        assertEquals(List.of("staff", "admin"), strings("groups"));
    }

    @Test
    void aDotLeadsIntoAnObjectEvenWhereALiteralNameExists() {
        assertEquals(List.of("nested"), strings("realm_access.roles"));
        assertEquals(
                List.of(),
                ClaimPath.parse("realm_access.roles").strings(Map.of("realm_access.roles", List.of("literal"))));
    }

    @Test
    void aQuotedNameIsTakenLiterally() {
        assertEquals(List.of("quoted"), strings("resource_access.'my.app'.roles"));
        assertEquals(List.of("literal"), strings("'realm_access.roles'"));
    }

    @Test
    void aNameThatIsAnAddressIsTakenLiterally() {
        assertEquals(List.of("namespaced"), strings("https://example.com/roles"));
        assertEquals(new ClaimPath(List.of("http://a.b/c.d")), ClaimPath.parse("http://a.b/c.d"));
    }

    @Test
    void ignoresWhatIsNoString() {
        assertEquals(List.of("text"), strings("mixed"));
        for (var path :
                List.of("number", "flag", "object", "missing", "role.x", "groups.x", "object.admin", "Groups")) {
            assertEquals(List.of(), strings(path), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "a.", ".a", "a..b", "a.'b", "a'b'", "''", "'a'b", "a b"})
    void rejectsPathsThatLeadNowhere(String path) {
        assertThrows(IllegalArgumentException.class, () -> ClaimPath.parse(path));
    }

    private static List<String> strings(String path) {
        return ClaimPath.parse(path).strings(CLAIMS);
    }
}
