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

    UserInfoEndpoint(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * The claims.
     *
     * @param deadline when the answer must be there
     */
    UserInfoResponse claims(URI endpoint, Query query, Deadline deadline) {
        var headers = Map.of(
                "Authorization",
                "Bearer " + query.accessToken().reveal(),
                "Accept",
                "application/json, application/jwt");
        var request = new HttpSender.Request("GET", endpoint, headers, "", deadline.remaining());
        var response = exchange.send(request);
        Exchange.requireStatusOk(request, response);
        Exchange.requireMediaType(request, response, MEDIA_TYPES);
        boolean jwt = Exchange.mediaType(response).equals(JWT);
        if (query.jwt().expected().signed() && !jwt) {
            throw new InvalidResponseException(
                    Reason.USERINFO_NOT_SIGNED,
                    "the UserInfo response is not signed, but the configuration demands it");
        }
        var json = jwt ? query.jwt().claims(Secret.of(response.body())) : response.body();
        return UserInfoResponse.parse(json, query.expectedSubject());
    }

    /**
     * What is asked.
     *
     * @param accessToken what entitles us to ask
     * @param expectedSubject whom the answer has to be about
     * @param jwt what an answer that is a JWT has to be
     */
    record Query(Secret accessToken, String expectedSubject, Jwt jwt) {
        /** Nothing of it. */
        @Override
        public String toString() {
            return "Query";
        }
    }

    /**
     * What an answer that is a JWT has to be.
     *
     * @param validator decides whether to believe it
     * @param expected whose answer it has to be
     */
    record Jwt(UserInfoJwtValidator validator, UserInfoJwtValidator.Expected expected) {
        private String claims(Secret token) {
            return validator.validate(token, expected);
        }
    }
}
