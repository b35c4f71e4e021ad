// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The provider did not answer in time, or not with anything usable. The browser sees 503 with {@code Retry-After}. */
public final class ProviderUnavailableException extends OidcException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public ProviderUnavailableException(Reason reason, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(reason, message, cause);
        this.retryAfter = retryAfter;
    }

    /** When it is worth trying again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
