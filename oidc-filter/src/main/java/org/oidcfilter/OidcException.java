// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that has a {@link Reason}. Messages say what was expected and what came; they never hold a token,
 * code, secret or personal data.
 */
public abstract sealed class OidcException extends RuntimeException
        permits AccessDeniedException,
                AccessTokenException,
                ConfigurationException,
                InvalidResponseException,
                ProviderErrorException,
                ProviderUnavailableException,
                RoleMapperException,
                SharedStateException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    OidcException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, as a stable code. */
    public final Reason reason() {
        return reason;
    }
}
