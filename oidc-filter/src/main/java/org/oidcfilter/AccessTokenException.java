// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

/** The caller's access token was asked for, and there is none that is good: see {@link Reason}. */
public final class AccessTokenException extends OidcException {
    private static final long serialVersionUID = 1L;

    /** @param reason {@link Reason#SESSION_OVER} or {@link Reason#ACCESS_TOKEN_UNAVAILABLE} */
    public AccessTokenException(Reason reason, String message) {
        super(reason, message, null);
    }
}
