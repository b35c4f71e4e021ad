// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/page, /page, true",
        "/page, /page/, false",
        "/page, /Page, false",
        "/page, /pages, false",
        "/page, /page/x, false",
        "/, /, true",
        "/, /page, false",
        "/folder/*, /folder, true",
        "/folder/*, /folder/, true",
        "/folder/*, /folder/a/b.c, true",
        "/folder/*, /folders, false",
        "/folder/*, /FOLDER/a, false",
        "/folder/*, /x/folder/a, false",
        "/*, /, true",
        "/*, /a/b, true",
        "*.css, /a.css, true",
        "*.css, /a/b.c.css, true",
        "*.css, /a.CSS, false",
        "*.css, /a.css/b, false",
        "*.css, /acss, false",
        "*.css, /a.css.jsp, false",
        "/caf\u00e9/*, /caf\u00e9/a, true"
    })
    void matchesAsAServletMappingDoes(String pattern, String path, boolean expected) {
        assertEquals(expected, new PathPattern(pattern).matches(path));
    }

    @Test
    void printsAsWritten() {
        assertEquals("/folder/*", new PathPattern("/folder/*").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "page",
                "*",
                "*.",
                "*.c/d",
                "**.css",
                "/a*",
                "/*/b",
                "/a/**",
                "/a;b",
                "/a\\b",
                "//a",
                "/a//*",
                "/./a",
                "/a/..",
                "/../*",
                "/a%2fb",
                "/a?b",
                "/a#b",
                "/a b",
                "/a\nb",
                "*.a*",
                "/a/*.css"
            })
    void rejectsPatternsThatAreNotPlain(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> new PathPattern(pattern));
    }
}
