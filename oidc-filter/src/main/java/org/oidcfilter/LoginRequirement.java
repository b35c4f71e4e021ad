// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How strong and fresh a login has to be: what an authentication request asks for with {@code acr_values} and {@code max_age}
 * (OpenID Connect Core 3.1.2.1), and what the session of whoever makes a request is held to.
 *
 * @param acrValues the authentication context classes, one of which it has to be, the preferred ones first; empty for any
 * @param maxAge how long before the request the caller may have proved who they are, at least a second; empty for any time
 */
public record LoginRequirement(List<String> acrValues, Optional<Duration> maxAge) {
    /** Somebody has to be logged in, no matter how. */
    public static final LoginRequirement NONE = new LoginRequirement(List.of(), Optional.empty());

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final long NO_AGE = -1;

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if a value of {@code acr} is empty or has a space in it, or the age is below a second
     */
    public LoginRequirement {
        acrValues = List.copyOf(acrValues);
        if (acrValues.stream()
                .anyMatch(value -> value.isEmpty() || value.chars().anyMatch(Character::isWhitespace))) {
            throw new IllegalArgumentException("a value of acr is empty or has a space in it");
        }
        if (maxAge.filter(age -> age.compareTo(SHORTEST) < 0).isPresent()) {
            throw new IllegalArgumentException("a login cannot be less than a second old");
        }
    }

    /**
     * What an annotation says.
     *
     * @throws IllegalArgumentException if that cannot be
     */
    public static LoginRequirement of(RequireAuthentication annotation) {
        return new LoginRequirement(
                List.of(annotation.acr()),
                annotation.maxAge() == NO_AGE
                        ? Optional.empty()
                        : Optional.of(Duration.ofSeconds(annotation.maxAge())));
    }

    /**
     * What meets both: a class that both name, and the shorter age.
     *
     * @throws IllegalArgumentException if both name classes, and none in common: no login meets both
     */
    public LoginRequirement and(LoginRequirement other) {
        return new LoginRequirement(common(acrValues, other.acrValues), shorter(maxAge, other.maxAge));
    }

    private static List<String> common(List<String> ones, List<String> others) {
        if (ones.isEmpty() || others.isEmpty()) {
            return ones.isEmpty() ? others : ones;
        }
        var both = others.stream().filter(ones::contains).toList();
        if (both.isEmpty()) {
            throw new IllegalArgumentException("no login meets acr " + ones + " and acr " + others);
        }
        return both;
    }

    private static Optional<Duration> shorter(Optional<Duration> one, Optional<Duration> other) {
        return one.isPresent() && (other.isEmpty() || one.get().compareTo(other.get()) < 0) ? one : other;
    }
}
