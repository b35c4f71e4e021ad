// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import org.jspecify.annotations.Nullable;
import org.oidcfilter.protocol.Printable;

/**
 * What can be the name of a role, whoever gives it. {@code *} and {@code **} cannot: in constraints they stand for callers,
 * not for a role (Servlet 13.3, 13.8).
 */
public final class RoleName {
    private static final int LONGEST = 1000;

    private RoleName() {}

    /** Whether {@code text} can be a role: not blank, not too long, on one line, and no wildcard. */
    public static boolean isValid(@Nullable String text) {
        return text != null
                && !text.isBlank()
                && text.length() <= LONGEST
                && Printable.isOneLine(text)
                && !text.equals("*")
                && !text.equals("**");
    }

    /** {@code text}, if it can be a role. */
    static String valid(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("must hold names of roles: not blank, on one line, of at most " + LONGEST
                    + " characters, neither * nor **");
        }
        return text;
    }
}
