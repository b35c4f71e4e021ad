// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.function.Function;

/** A whole number. */
final class IntegerFormat {
    private static final int MOST_DIGITS = 9;

    private IntegerFormat() {}

    static Function<String, Integer> between(int least, int most) {
        return text -> {
            var value = text.matches("[0-9]{1," + MOST_DIGITS + "}") ? Integer.parseInt(text) : -1;
            if (value < least || value > most) {
                throw new IllegalArgumentException("must be a number from " + least + " to " + most);
            }
            return value;
        };
    }
}
