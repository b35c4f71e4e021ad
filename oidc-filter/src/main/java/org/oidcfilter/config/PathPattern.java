// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.regex.Pattern;

/**
 * A set of paths, written as a servlet mapping (Servlet 12.2): {@code /page} is that path alone, {@code /folder/*} is the
 * folder and everything in it, {@code *.css} every path whose last segment ends so, {@code /*} everything. Unlike in a
 * servlet mapping, {@code /} is the start page only. Upper and lower case differ.
 *
 * @param text the pattern as written
 */
public record PathPattern(String text) {
    private static final String EVERYTHING_BELOW = "/*";
    private static final Pattern EXTENSION = Pattern.compile("\\*\\.[^/*]+");
    private static final Pattern UNFIT = Pattern.compile("[%?#*\\s\\p{Cntrl}]");

    public PathPattern {
        var fixed = isExtension(text) ? text.substring(1) : withoutStar(text);
        var wellFormed = isExtension(text) ? EXTENSION.matcher(text).matches() : text.startsWith("/");
        if (!wellFormed || UNFIT.matcher(fixed).find() || WebAddress.isAmbiguous(text)) {
            throw new IllegalArgumentException(
                    "must be patterns such as /page, /folder/* or *.css, as plain as a decoded path");
        }
    }

    /** Whether {@code path}, decoded and below the context path, is one of them. */
    public boolean matches(String path) {
        if (isExtension(text)) {
            return path.regionMatches(path.length() - text.length() + 1, text, 1, text.length() - 1);
        }
        if (text.endsWith(EVERYTHING_BELOW)) {
            var isFolder = path.length() == text.length() - EVERYTHING_BELOW.length() && text.startsWith(path);
            return isFolder || path.regionMatches(0, text, 0, text.length() - 1);
        }
        return path.equals(text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isExtension(String text) {
        return text.startsWith("*");
    }

    private static String withoutStar(String text) {
        return text.endsWith(EVERYTHING_BELOW) ? text.substring(0, text.length() - EVERYTHING_BELOW.length()) : text;
    }
}
