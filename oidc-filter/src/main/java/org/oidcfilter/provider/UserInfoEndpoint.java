// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.oidcfilter.HttpSender;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.UserInfoResponse;
import org.oidcfilter.token.UserInfoJwtValidator;

/** Asks for more claims about the caller (OpenID Connect Core 5.3). */
final class UserInfoEndpoint {
    private static final String JWT = "application/jwt";
    private static final Set<String> MEDIA_TYPES = Set.of("application/json", JWT);

    private final Exchange exchange;
    private final UserInfoJwtValidator validator;

    UserInfoEndpoint(Exchange exchange, UserInfoJwtValidator validator) {
        this.exchange = exchange;
        this.validator = validator;
    }

    /**
     * The claims.
     *
     * @param expected whose answer it has to be, where it is signed
     */
    UserInfoResponse claims(URI endpoint, Query query, UserInfoJwtValidator.Expected expected) {
        var headers = Map.of(
                "Authorization",
                "Bearer " + query.accessToken().reveal(),
                "Accept",
                "application/json, application/jwt");
        var request = new HttpSender.Request("GET", endpoint, headers, "");
        var response = exchange.send(request);
        Exchange.requireStatusOk(request, response);
        Exchange.requireMediaType(request, response, MEDIA_TYPES);
        boolean jwt = Exchange.mediaType(response).equals(JWT);
        if (expected.signed() && !jwt) {
            throw new InvalidResponseException(
                    Reason.USERINFO_NOT_SIGNED,
                    "the UserInfo response is not signed, but the configuration demands it");
        }
        var json = jwt ? validator.validate(Secret.of(response.body()), expected) : response.body();
        return UserInfoResponse.parse(json, query.expectedSubject());
    }

    /**
     * What is asked.
     *
     * @param accessToken what entitles us to ask
     * @param expectedSubject whom the answer has to be about
     */
    record Query(Secret accessToken, String expectedSubject) {
        /** Nothing of it. */
        @Override
        public String toString() {
            return "Query";
        }
    }
}
