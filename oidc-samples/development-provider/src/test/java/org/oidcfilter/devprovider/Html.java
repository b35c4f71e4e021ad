// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads our pages as far as the tests need. */
final class Html {
    private Html() {}

    /** The value of a hidden field, which must be one that needs no unescaping. */
    static String hiddenField(String page, String name) {
        Matcher field = Pattern.compile("<input type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\">")
                .matcher(page);
        assertTrue(field.find(), () -> "There is no hidden field " + name + " in " + page);
        return field.group(1);
    }

    /** The content of the only element with this name. */
    static String element(String page, String name) {
        Matcher element = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(page);
        assertTrue(element.find(), () -> "There is no element " + name + " in " + page);
        return element.group(1);
    }
}
