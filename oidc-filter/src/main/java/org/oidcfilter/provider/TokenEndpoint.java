// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.HttpSender;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.ClientAuthentication;
import org.oidcfilter.protocol.ErrorCode;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.protocol.TokenRequest;
import org.oidcfilter.protocol.TokenResponse;

/** Redeems codes (OpenID Connect Core 3.1.3). A code is sent once: no retry. */
final class TokenEndpoint {
    private static final Set<String> JSON = Set.of("application/json");
    private static final Set<Integer> ERROR_STATUSES = Set.of(400, 401, 403);

    private final Provider.Options options;
    private final Exchange exchange;

    TokenEndpoint(Provider.Options options, Exchange exchange) {
        this.options = options;
        this.exchange = exchange;
    }

    TokenResponse redeem(TokenRequest tokenRequest, ProviderMetadata metadata, Deadline deadline) {
        var request = request(tokenRequest.toForm(), metadata, deadline);
        var response = exchange.send(request);
        refusal(response).ifPresent(error -> {
            throw new ProviderErrorException(Reason.TOKEN_ERROR, error);
        });
        Exchange.requireStatusOk(request, response);
        Exchange.requireMediaType(request, response, JSON);
        var tokens = TokenResponse.parse(response.body());
        if (tokens.idToken().isEmpty()) {
            throw new InvalidResponseException(Reason.ID_TOKEN_MISSING, "the token response has no id_token");
        }
        return tokens;
    }

    private HttpSender.Request request(Form form, ProviderMetadata metadata, Deadline deadline) {
        var client = new ClientAuthentication.Client(options.clientId(), options.clientSecret());
        var authentication = ClientAuthentication.choose(
                options.clientAuthentication(), metadata, options.clientSecret().isPresent());
        var headers = new HashMap<>(authentication.headers(client));
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        var body = form.with(authentication.fields(client)).encode();
        return new HttpSender.Request("POST", metadata.tokenEndpoint(), headers, body, deadline.remaining());
    }

    /** The error code of RFC 6749 section 5.2. Where there is none, the status speaks for itself. */
    private static Optional<String> refusal(HttpSender.Response response) {
        return Optional.of(response)
                .filter(answer -> ERROR_STATUSES.contains(answer.status()))
                .filter(answer -> JSON.contains(Exchange.mediaType(answer)))
                .flatMap(answer -> ErrorCode.in(answer.body()));
    }
}
