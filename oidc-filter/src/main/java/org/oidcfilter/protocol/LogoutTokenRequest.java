// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

/**
 * The request by which the provider reports a logout (OpenID Connect Back-Channel Logout 2.5).
 *
 * @param logoutToken the logout token, not verified yet
 */
public record LogoutTokenRequest(Secret logoutToken) {
    /**
     * Reads the body, undecoded. Other parameters are ignored, for the specification allows them.
     *
     * @throws InvalidResponseException with {@link Reason#LOGOUT_TOKEN_MISSING}, or as {@link Form#parse}
     */
    public static LogoutTokenRequest parse(String body) {
        return Form.parse(body)
                .get("logout_token")
                .map(token -> new LogoutTokenRequest(Secret.of(token)))
                .orElseThrow(() ->
                        new InvalidResponseException(Reason.LOGOUT_TOKEN_MISSING, "the request has no logout_token"));
    }
}
