// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.config.RoleNames.Others;

class RoleNamesTest {
    @Test
    void aNameStandsForOneRoleOrSeveral() {
        var table = RoleNamesFormat.parse(" staff = user , clerk;\n shop it=admin ;");
        assertEquals(Map.of("staff", Set.of("user", "clerk"), "shop it", Set.of("admin")), table);
    }

    @Test
    void anyNameCanBeWritten() {
        assertEquals(
                Map.of("CN=Shop Admins,OU=a;b", Set.of("admin")),
                RoleNamesFormat.parse("'CN=Shop Admins,OU=a;b' = admin"));
        assertEquals(Map.of("a,b", Set.of("c,d", "e=f")), RoleNamesFormat.parse("a\\,b = c\\,d, 'e=f'"));
        assertEquals(Map.of("O'Brien's", Set.of("' '")), RoleNamesFormat.parse("O'Brien's = ''' '''"));
        assertEquals(Map.of("SHOP\\admins", Set.of("admin")), RoleNamesFormat.parse("SHOP\\admins = admin"));
        assertEquals(Map.of("8d1e-4a5c", Set.of("\uD83D\uDD11")), RoleNamesFormat.parse("8d1e-4a5c=\uD83D\uDD11"));
    }

    /** Such as pairs separated by commas: read in another way than it was meant, it would give roles away. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "staff",
                "staff = user, boss = admin",
                "a = b = c",
                "CN=Admins,OU=Groups = admin",
                "= user",
                "staff =",
                "staff = user,",
                "staff = ,user",
                "; staff = user",
                "staff = user;; boss = admin",
                "'staff = user",
                "'staff' x = user",
                "staff = 'user' x",
                "'' = user",
                "a, b = c"
            })
    void refusesWhatCouldBeReadInAnotherWay(String text) {
        assertThrows(IllegalArgumentException.class, () -> RoleNamesFormat.parse(text));
    }

    @Test
    void refusesANameThatOccursTwiceHoweverItIsWritten() {
        var failure = assertThrows(
                IllegalArgumentException.class, () -> RoleNamesFormat.parse("staff = user; 'staff' = admin"));
        assertEquals("must name staff once, with all its roles", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"* = user", "staff = **", "staff = *", "'**' = user", "a\tb = user", "staff = 'a\nb'"})
    void refusesWhatCanBeNoRole(String text) {
        var failure = assertThrows(IllegalArgumentException.class, () -> RoleNamesFormat.parse(text));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("must hold names of roles"));
    }

    @Test
    void otherRolesAreDroppedOrKept() {
        var table = Map.of("staff", Set.of("user", "clerk"));
        assertEquals(Set.of("user", "clerk"), new RoleNames(table, Others.DROPPED).of("staff"));
        for (var other : Set.of("admin", "Staff", "staff ", "user")) {
            assertEquals(Set.of(), new RoleNames(table, Others.DROPPED).of(other), other);
            assertEquals(Set.of(other), new RoleNames(table, Others.KEPT).of(other), other);
            assertEquals(Set.of(other), RoleNames.SAME.of(other), other);
        }
    }
}
