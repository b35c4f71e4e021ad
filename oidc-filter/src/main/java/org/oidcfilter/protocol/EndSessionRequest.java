// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.net.URI;
import java.util.LinkedHashMap;
import org.oidcfilter.Secret;

/**
 * The logout request that the browser carries to the provider (OpenID Connect RP-Initiated Logout 2).
 *
 * @param idTokenHint the ID token of the session that ends
 * @param clientId who asks
 * @param postLogoutRedirectUri where the browser is to come back to
 * @param state comes back with the browser
 */
public record EndSessionRequest(Secret idTokenHint, String clientId, URI postLogoutRedirectUri, Secret state) {
    /** Where to send the browser. */
    public URI toUri(URI endSessionEndpoint) {
        return toForm().appendTo(endSessionEndpoint);
    }

    /** The same as a form, which the provider has to take as well. */
    public Form toForm() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id_token_hint", idTokenHint.reveal());
        fields.put("client_id", clientId);
        fields.put("post_logout_redirect_uri", postLogoutRedirectUri.toString());
        fields.put("state", state.reveal());
        return new Form(fields);
    }
}
