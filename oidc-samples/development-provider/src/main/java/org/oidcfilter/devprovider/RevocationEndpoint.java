// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

/** Ends tokens on the wish of the client that holds them (RFC 7009). */
final class RevocationEndpoint {
    private final Grants grants;
    private final ClientAuthentication authentication;

    RevocationEndpoint(Provider provider) {
        this.grants = provider.grants();
        this.authentication = new ClientAuthentication(provider.registry());
    }

    /** The hint {@code token_type_hint} is not needed: all tokens are looked through (section 2.1). */
    Reply revoke(Request request) {
        try {
            Client client = authentication.client(request);
            String token = request.form("token").orElseThrow(() -> new Refusal("invalid_request", "token is missing"));
            if (grants.ofToken(token).stream()
                    .anyMatch(grant -> !grant.clientId().equals(client.id()))) {
                throw new Refusal("invalid_grant", "The token was issued to another client");
            }
            grants.revoke(token);
            return Reply.text(200, "").notStored();
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }
}
