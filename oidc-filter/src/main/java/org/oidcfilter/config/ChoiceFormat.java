// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How choices are written: the names of an enum's constants in lower case. */
final class ChoiceFormat {
    private ChoiceFormat() {}

    /** A parser of the constants of {@code type}. */
    static <E extends Enum<E>> Function<String, E> of(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(choice -> word(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + words(type, ", ")));
    }

    /** All words of {@code type}. */
    static String words(Class<? extends Enum<?>> type, String separator) {
        return Arrays.stream(type.getEnumConstants()).map(ChoiceFormat::word).collect(Collectors.joining(separator));
    }

    /** The word for {@code choice}. */
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
