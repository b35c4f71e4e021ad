// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The engine that the nodes share gave no answer, or not in time. The browser sees 503 with {@code Retry-After}, and its
 * session stays as it is.
 */
public final class SharedStateException extends OidcException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** @param retryAfter when it is worth trying again */
    public SharedStateException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(Reason.SHARED_STATE_UNAVAILABLE, message, cause);
        this.retryAfter = retryAfter;
    }

    /** When it is worth trying again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
