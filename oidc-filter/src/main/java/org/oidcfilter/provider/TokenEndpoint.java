// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.protocol.RefreshRequest;
import org.oidcfilter.protocol.TokenRequest;
import org.oidcfilter.protocol.TokenResponse;

/**
 * Turns codes and refresh tokens into tokens (OpenID Connect Core 3.1.3 and 12). Each is sent once: no retry.
 *
 * @param client who asks
 */
record TokenEndpoint(ClientRequests client, Exchange exchange) {
    TokenResponse redeem(TokenRequest request, ProviderMetadata metadata, Deadline deadline) {
        var tokens = TokenResponse.parse(answer(request.toForm(), Reason.TOKEN_ERROR, metadata, deadline));
        if (tokens.idToken().isEmpty()) {
            throw new InvalidResponseException(Reason.ID_TOKEN_MISSING, "the token response has no id_token");
        }
        return tokens;
    }

    /** Core 12.2: an answer without ID token is normal. */
    TokenResponse refresh(RefreshRequest request, ProviderMetadata metadata, Deadline deadline) {
        return TokenResponse.parseRefresh(answer(request.toForm(), Reason.REFRESH_REFUSED, metadata, deadline));
    }

    private String answer(Form form, Reason refused, ProviderMetadata metadata, Deadline deadline) {
        var request = client.post(metadata.tokenEndpoint(), form, metadata, deadline);
        var response = exchange.send(request);
        ClientRequests.refusal(response).ifPresent(error -> {
            throw new ProviderErrorException(refused, error);
        });
        Exchange.requireStatusOk(request, response);
        Exchange.requireMediaType(request, response, ClientRequests.JSON);
        return response.body();
    }
}
