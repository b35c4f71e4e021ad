// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.oidcfilter.Secret;

/**
 * The logout request that the browser carries to the provider (OpenID Connect RP-Initiated Logout 2).
 *
 * @param idTokenHint the ID token of the session that ends; without it the provider asks the person first
 * @param clientId who asks
 * @param postLogoutRedirectUri where the browser is to come back to
 * @param state comes back with the browser
 */
public record EndSessionRequest(
        Optional<Secret> idTokenHint, String clientId, URI postLogoutRedirectUri, Secret state) {
    /** Where to send the browser. */
    public URI toUri(URI endSessionEndpoint) {
        var fields = new LinkedHashMap<String, String>();
        idTokenHint.ifPresent(token -> fields.put("id_token_hint", token.reveal()));
        fields.put("client_id", clientId);
        fields.put("post_logout_redirect_uri", postLogoutRedirectUri.toString());
        fields.put("state", state.reveal());
        return new Form(fields).appendTo(endSessionEndpoint);
    }
}
