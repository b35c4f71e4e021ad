// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What becomes of a foreign message: it is read, or refused for a reason that belongs to it in words fit for a log. */
public final class Verdict {
    private static final int LONGEST_MESSAGE = 600;

    private Verdict() {}

    /** What was read; empty if it was refused for one of {@code reasons}. Anything else that is thrown is a defect. */
    public static <T> Optional<T> on(Supplier<T> reading, Set<Reason> reasons) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidResponseException e) {
            require(reasons.contains(e.reason()), "refused for a reason of other messages: " + e.reason());
            requireLoggable(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void requireLoggable(String message) {
        require(
                message.length() <= LONGEST_MESSAGE && message.chars().allMatch(c -> c >= ' ' && c <= '~'),
                "a message that is not fit for a log: " + message);
    }

    /** Fails with {@code otherwise} unless {@code condition} holds. */
    public static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
