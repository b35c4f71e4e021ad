// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid logout request (OpenID Connect RP-Initiated Logout section 2).
 *
 * @param sid the session that the ID token hint names, null without such a hint
 * @param returnTo the registered URI to return to, null to stay
 * @param state the value to hand back
 */
record LogoutRequest(
        @Nullable String sid,
        @Nullable String returnTo,
        @Nullable String state) {
    static LogoutRequest parse(Request request, Provider provider) throws Refusal {
        require(!request.repeatsParameters(), "A parameter is given more than once.");
        Optional<Map<String, Object>> hint = request.parameter("id_token_hint").flatMap(provider.keys()::claimsOfOurs);
        Optional<String> audience = claim(hint, "aud");
        Optional<String> clientId = request.parameter("client_id");
        require(
                clientId.isEmpty() || audience.isEmpty() || clientId.equals(audience),
                "client_id is not the audience of the id_token_hint.");
        Optional<String> returnTo = request.parameter("post_logout_redirect_uri");
        Optional<Client> client = clientId.or(() -> audience).flatMap(provider.registry()::client);
        require(
                returnTo.isEmpty() || client.isPresent(),
                "post_logout_redirect_uri needs a client_id or a valid id_token_hint that names a known client.");
        require(
                returnTo.isEmpty()
                        || client.orElseThrow().postLogoutRedirectUris().contains(returnTo.get()),
                "The client did not register this post_logout_redirect_uri.");
        return new LogoutRequest(
                claim(hint, "sid").orElse(null),
                returnTo.orElse(null),
                request.parameter("state").orElse(null));
    }

    private static Optional<String> claim(Optional<Map<String, Object>> hint, String name) {
        return hint.map(claims -> claims.get(name)).map(String::valueOf);
    }

    private static void require(boolean condition, String description) throws Refusal {
        if (!condition) {
            throw new Refusal("invalid_request", description);
        }
    }
}
