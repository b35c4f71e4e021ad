// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * @param extra further parameters such as {@code max_age}, {@code acr_values}, {@code login_hint} or {@code prompt}
 */
public record AuthenticationRequest(
        String clientId,
        URI redirectUri,
        String scope,
        Secret state,
        Secret nonce,
        Secret codeVerifier,
        Optional<String> responseMode,
        Map<String, String> extra) {

    /** The parameters that {@code extra} cannot have. */
    private static final Set<String> OURS = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "response_mode",
            "request",
            "request_uri");

    /** @throws IllegalArgumentException if {@code extra} has a parameter that the other components govern */
    public AuthenticationRequest {
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        if (!Collections.disjoint(extra.keySet(), OURS)) {
            throw new IllegalArgumentException("extra parameters must not be among " + OURS);
        }
    }

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
        fields.putAll(extra);
        return new Form(fields).appendTo(authorizationEndpoint);
    }
}
