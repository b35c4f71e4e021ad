// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRuleTest {
    @Test
    void readsMethodsPatternAndRoles() {
        assertEquals(
                new PathRule(Set.of("GET", "POST"), new PathPattern("/a/*"), Set.of("admin", "cn=x", "two words")),
                PathRule.parse("GET, POST  /a/* = admin, cn=x,two words"));
    }

    @Test
    void aRuleWithoutMethodsIsAboutAll() {
        assertEquals(new PathRule(Set.of(), new PathPattern("/a"), Set.of("admin")), PathRule.parse("/a=admin"));
    }

    @Test
    void twoStarsAreWhoeverIsLoggedIn() {
        assertEquals(Set.of("**"), PathRule.parse("/a = **").roles());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "/a =",
                "/a = ",
                "/a = ,",
                "/a = admin,",
                "= admin",
                "get /a = admin",
                "GET = admin",
                "GET POST /a = admin",
                "GET, /a = admin",
                ",GET /a = admin",
                "a = admin",
                "/a b = admin",
                "/a;x = admin",
                "/a = *",
                "/a = admin, *",
                "/a = ad\u0000min"
            })
    @Tag("RC-11")
    void rejectsRulesThatSaySomethingElse(String rule) {
        assertThrows(IllegalArgumentException.class, () -> PathRule.parse(rule));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/* = r, GET, /a/b, true",
        "/a/* = r, PROPFIND, /a/b, true",
        "/a/* = r, GET, /b, false",
        "POST /a/* = r, POST, /a/b, true",
        "POST /a/* = r, GET, /a/b, false",
        "POST /a/* = r, HEAD, /a/b, false",
        "GET /a/* = r, HEAD, /a/b, true",
        "GET /a/* = r, get, /a/b, false",
        "HEAD /a/* = r, HEAD, /a/b, true",
        "HEAD /a/* = r, GET, /a/b, false"
    })
    void knowsWhichRequestsItIsAbout(String rule, String method, String path, boolean expected) {
        assertEquals(expected, PathRule.parse(rule).appliesTo(method, path));
    }
}
