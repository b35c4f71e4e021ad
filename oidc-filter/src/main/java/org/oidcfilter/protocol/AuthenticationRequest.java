// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.oidcfilter.Secret;

/**
 * The Authentication Request of the code flow (OpenID Connect Core 3.1.2.1) with PKCE (RFC 7636 section 4.3).
 *
 * @param clientId who asks
 * @param redirectUri where the answer goes
 * @param scope the scopes, separated by spaces
 * @param state binds the answer to the browser
 * @param nonce binds the ID token to the request
 * @param codeVerifier binds the code to the request; only its hash is sent
 * @param responseMode {@code form_post}, or empty for the query
 * @param parameters what else is asked for
 */
public record AuthenticationRequest(
        String clientId,
        URI redirectUri,
        String scope,
        Secret state,
        Secret nonce,
        Secret codeVerifier,
        Optional<String> responseMode,
        LoginParameters parameters) {

    /** Where to send the browser. */
    public URI toUri(URI authorizationEndpoint) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("response_type", "code");
        fields.put("client_id", clientId);
        fields.put("redirect_uri", redirectUri.toString());
        fields.put("scope", scope);
        fields.put("state", state.reveal());
        fields.put("nonce", nonce.reveal());
        fields.put("code_challenge", Pkce.challenge(codeVerifier));
        fields.put("code_challenge_method", Pkce.METHOD);
        responseMode.ifPresent(mode -> fields.put("response_mode", mode));
        fields.putAll(parameters.fields());
        var uri = new Form(fields).appendTo(authorizationEndpoint);
        if (parameters.resources().isEmpty()) {
            return uri;
        }
        var more = new StringBuilder(uri.toString());
        parameters.resources().forEach(resource -> more.append("&resource=").append(Form.encode(resource)));
        return URI.create(more.toString());
    }

    /** For whom and back to where: the rest is secret or, as {@code login_hint}, about a person. */
    @Override
    public String toString() {
        return "AuthenticationRequest[" + clientId + ", " + redirectUri + "]";
    }
}
