// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.protocol.RevocationRequest;

/**
 * Ends the life of tokens (RFC 7009). What a successful answer says does not matter: 200 is all there is.
 *
 * @param client who asks
 */
record RevocationEndpoint(ClientRequests client, Exchange exchange) {
    void revoke(RevocationRequest revocation, ProviderMetadata metadata, Deadline deadline) {
        var endpoint = metadata.revocationEndpoint()
                .orElseThrow(() -> new InvalidResponseException(
                        Reason.METADATA_INVALID, "the provider has no revocation_endpoint"));
        var request = client.post(endpoint, revocation.toForm(), metadata, deadline);
        var response = exchange.send(request);
        ClientRequests.refusal(response).ifPresent(error -> {
            throw new ProviderErrorException(Reason.REVOCATION_REFUSED, error);
        });
        Exchange.requireStatusOk(request, response);
    }
}
