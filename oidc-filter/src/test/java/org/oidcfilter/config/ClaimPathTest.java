// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
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
    @Tag("RC-06")
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
    @Tag("RC-07")
    void aNameThatIsAnAddressIsTakenLiterally() {
        assertEquals(List.of("namespaced"), strings("https://example.com/roles"));
        assertEquals(new ClaimPath(List.of("http://a.b/c.d")), ClaimPath.parse("http://a.b/c.d"));
    }

    @Test
    @Tag("RC-05")
    void ignoresWhatIsNoString() {
        assertEquals(List.of("text"), strings("mixed"));
        for (var path :
                List.of("number", "flag", "object", "missing", "role.x", "groups.x", "object.admin", "Groups")) {
            assertEquals(List.of(), strings(path), path);
        }
    }

    @Test
    void aStarAtTheEndTakesTheNamesOfMembersThatSayAnything() {
        var claims = Map.<String, Object>of("urn:roles", members());
        assertEquals(
                Set.of("admin", "user", "*"),
                Set.copyOf(ClaimPath.parse("urn:roles.*").strings(claims)));
        assertEquals(List.of("starred"), ClaimPath.parse("urn:roles.'*'").strings(claims));
        assertEquals(List.of("roles"), strings("realm_access.*"));
        for (var path : List.of("groups.*", "role.*", "flag.*", "missing.*")) {
            assertEquals(List.of(), strings(path), path);
        }
        assertEquals("urn:roles.*", ClaimPath.parse("urn:roles.*").toString());
        assertEquals("a.'*'.'b.c'", ClaimPath.parse("a.'*'.'b.c'").toString());
    }

    @Test
    void aNameIsOneString() {
        assertEquals(Optional.of("clerk"), ClaimPath.parse("role").string(CLAIMS));
        for (var path : List.of("groups", "number", "object", "missing", "realm_access.*")) {
            assertEquals(Optional.empty(), ClaimPath.parse(path).string(CLAIMS), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", ".*", "resource_access.*.roles", "a.*.*", "a.*x.*.b"})
    void aStarStandsAtTheEndOnly(String path) {
        assertThrows(IllegalArgumentException.class, () -> ClaimPath.parse(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "a.", ".a", "a..b", "a.'b", "a'b'", "''", "'a'b", "a b"})
    void rejectsPathsThatLeadNowhere(String path) {
        assertThrows(IllegalArgumentException.class, () -> ClaimPath.parse(path));
    }

    private static Map<String, Object> members() {
        var members = new HashMap<String, Object>(Map.of(
                "admin", Map.of("123", "acme.example"),
                "user", List.of("456"),
                "former", Map.of(),
                "late", List.of(),
                "guest", false,
                "*", "starred"));
        members.put("nobody", null);
        return members;
    }

    private static List<String> strings(String path) {
        return ClaimPath.parse(path).strings(CLAIMS);
    }
}
