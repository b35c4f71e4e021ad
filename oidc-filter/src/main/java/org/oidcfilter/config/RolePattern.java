// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Takes roles out of what claims hold, by a regular expression, in a time linear in what they hold. */
public final class RolePattern {
    private final Pattern pattern;

    private RolePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Reads an expression of RE2 with at most one group. */
    static RolePattern parse(String text) {
        var pattern = compiled(text);
        if (pattern.groupCount() > 1) {
            throw new IllegalArgumentException("must have one group at most; the others are written (?:…)");
        }
        return new RolePattern(pattern);
    }

    /** The group in {@code found}, or all of it where there is none; empty if it does not match from end to end. */
    public Optional<String> role(String found) {
        var matcher = pattern.matcher(found);
        return matcher.matches() ? Optional.ofNullable(matcher.group(pattern.groupCount())) : Optional.empty();
    }

    private static Pattern compiled(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "must be a regular expression of RE2, without look-around and back-references ("
                            + e.getDescription() + ")",
                    e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("must be a regular expression that is not nested so deeply", e);
        }
    }
}
