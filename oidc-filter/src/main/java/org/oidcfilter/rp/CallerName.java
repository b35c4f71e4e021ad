// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.config.ClaimPath;
import org.oidcfilter.protocol.Printable;

/**
 * What a caller is called, for display only. Names end up on pages and in logs of applications that expect no harm of them,
 * and some take names for more than they are; what is not fit for that is no name.
 */
final class CallerName {
    private static final int LONGEST = 256;

    /** What is a letter or a symbol and has no shape: Hangul fillers and the blank of Braille. */
    private static final Set<Integer> BLANKS = Set.of(0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0);

    private static final ClaimPath EMAIL = new ClaimPath(List.of("email"));

    private final List<ClaimPath> claims;

    /** @param claims where names are, the preferred one first */
    CallerName(List<ClaimPath> claims) {
        this.claims = List.copyOf(claims);
    }

    Optional<String> of(SessionClaims told) {
        return claims.stream()
                .filter(path -> !path.equals(EMAIL) || isEmailVerified(told))
                .flatMap(path -> path.string(told.asMap()).stream())
                .filter(CallerName::isFit)
                .findFirst();
    }

    /** Core 5.1. Some providers write the boolean as a string. An address that anybody could claim is not even a name. */
    private static boolean isEmailVerified(SessionClaims told) {
        return told.bool("email_verified").orElse(false)
                || told.string("email_verified").filter("true"::equals).isPresent();
    }

    private static boolean isFit(String text) {
        return text.length() <= LONGEST
                && Printable.isOneLine(text)
                && text.codePoints().noneMatch(CallerName::breaksTheLine)
                && text.codePoints().anyMatch(CallerName::isVisible);
    }

    /**
     * Line and paragraph separators, what makes the text after it read differently (embeddings, overrides and isolates: UAX 9,
     * section 2), and halves of characters, which no encoding has. Marks that only say how a neighbour reads are part of names.
     */
    private static boolean breaksTheLine(int c) {
        return (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || Character.getType(c) == Character.SURROGATE;
    }

    private static boolean isVisible(int c) {
        return !BLANKS.contains(c)
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && Character.getType(c) != Character.FORMAT;
    }
}
