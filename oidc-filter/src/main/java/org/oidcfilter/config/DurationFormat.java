// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How durations are written: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 8h}, {@code 1d}, or as in ISO 8601. */
final class DurationFormat {
    private static final Pattern AMOUNT_AND_UNIT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(3650);

    private DurationFormat() {}

    /** A parser of durations from {@code least} to {@code most}. */
    static Function<String, Duration> between(Duration least, Duration most) {
        return text -> {
            var duration = parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("must be from " + least + " to " + most);
            }
            return duration;
        };
    }

    /** A parser of durations of at least {@code least}. */
    static Function<String, Duration> atLeast(Duration least) {
        return between(least, LONGEST);
    }

    private static Duration parse(String text) {
        var matcher = AMOUNT_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            return of(Long.parseLong(matcher.group(1)), matcher.group(2));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a duration such as 500ms, 30s, 10m, 8h, 1d or PT10M", e);
        }
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
