// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.util.LinkedHashMap;
import org.oidcfilter.Secret;

/**
 * The request that renews tokens (OpenID Connect Core 12.1, RFC 6749 section 6). It asks for the scopes of the login.
 *
 * @param refreshToken the refresh token
 */
public record RefreshRequest(Secret refreshToken) {
    /** The parameters, without those of the client's authentication. */
    public Form toForm() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", refreshToken.reveal());
        return new Form(fields);
    }
}
