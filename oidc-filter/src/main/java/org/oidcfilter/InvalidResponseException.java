// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import org.jspecify.annotations.Nullable;

/** A message or token broke a rule. The browser sees a 4xx page with a reference id; the log has the reason. */
public final class InvalidResponseException extends OidcException {
    private static final long serialVersionUID = 1L;

    public InvalidResponseException(Reason reason, String message) {
        this(reason, message, null);
    }

    public InvalidResponseException(Reason reason, String message, @Nullable Throwable cause) {
        super(reason, message, cause);
    }
}
