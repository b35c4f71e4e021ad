// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.net.URI;
import java.util.LinkedHashMap;
import org.oidcfilter.Secret;

/**
 * The request that redeems a code (OpenID Connect Core 3.1.3.1, RFC 7636 section 4.5).
 *
 * @param code the authorization code
 * @param codeVerifier that of the authentication request
 * @param redirectUri that of the authentication request, byte for byte
 */
public record TokenRequest(Secret code, Secret codeVerifier, URI redirectUri) {
    /** The parameters, without those of the client's authentication. */
    public Form toForm() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code.reveal());
        fields.put("redirect_uri", redirectUri.toString());
        fields.put("code_verifier", codeVerifier.reveal());
        return new Form(fields);
    }
}
