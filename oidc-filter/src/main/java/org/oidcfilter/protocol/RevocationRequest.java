// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.util.LinkedHashMap;
import org.oidcfilter.Secret;

/**
 * The request that ends the life of a token (RFC 7009 section 2.1).
 *
 * @param token the token
 * @param hint what it is: {@code refresh_token} or {@code access_token}
 */
public record RevocationRequest(Secret token, String hint) {
    /** The parameters, without those of the client's authentication. */
    public Form toForm() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("token", token.reveal());
        fields.put("token_type_hint", hint);
        return new Form(fields);
    }
}
