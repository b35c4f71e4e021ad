// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen: a client secret, code, token or key. It prints as {@code ***} and compares in constant
 * time.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps {@code value}. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself. Never put it into a log, page or exception message. */
    public String reveal() {
        return value;
    }

    /** Whether {@code candidate} is this value, compared in constant time. */
    public boolean matches(@Nullable String candidate) {
        return candidate != null && MessageDigest.isEqual(bytes(value), bytes(candidate));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
