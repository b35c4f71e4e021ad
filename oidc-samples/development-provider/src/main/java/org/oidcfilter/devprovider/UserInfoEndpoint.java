// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Optional;

/** Tells a client about the user whose access token it holds (OpenID Connect Core section 5.3). */
final class UserInfoEndpoint {
    private static final String BEARER = "Bearer ";

    private final Provider provider;

    UserInfoEndpoint(Provider provider) {
        this.provider = provider;
    }

    Reply userInfo(Request request) {
        Optional<String> accessToken = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()));
        if (accessToken.isEmpty()) {
            return refused("Bearer");
        }
        return accessToken
                .flatMap(provider.grants()::ofAccessToken)
                .map(grant -> provider.registry().userNamed(grant.session().username()))
                .map(user -> Reply.json(200, user.claims()).notStored())
                .orElseGet(() -> refused("Bearer error=\"invalid_token\""));
    }

    private static Reply refused(String challenge) {
        return Reply.text(401, "A valid access token is needed")
                .header("WWW-Authenticate", challenge)
                .notStored();
    }
}
