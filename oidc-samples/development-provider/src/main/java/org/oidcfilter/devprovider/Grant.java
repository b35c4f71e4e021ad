// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Optional;
import java.util.Set;

/**
 * What a user's login entitles a client to: the memory behind a code and the tokens made from it.
 *
 * @param request the authentication request that was granted
 * @param session the provider session, as it was at the login
 */
record Grant(AuthenticationRequest request, Session session) {
    String clientId() {
        return request.returnTo().client().id();
    }

    Set<String> scope() {
        return request.scope();
    }

    boolean isOffline() {
        return scope().contains("offline_access");
    }

    Optional<String> nonce() {
        return Optional.ofNullable(request.nonce());
    }
}
