// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

/** What somebody else wrote, made harmless for a log line or an exception message. */
public final class Printable {
    private static final int MAX_LENGTH = 200;

    private Printable() {}

    /** {@code text} with everything but printable ASCII replaced by question marks, cut after 200 characters. */
    public static String of(String text) {
        var shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
        return shown.replaceAll("[^ -~]", "?");
    }

    /** Whether {@code text} consists of printable ASCII only, the VSCHAR of RFC 6749 appendix A. */
    public static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} has neither line breaks nor other control characters. */
    public static boolean isOneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
