// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.net.URI;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.HttpSender;
import org.oidcfilter.protocol.ClientAuthentication;
import org.oidcfilter.protocol.ErrorCode;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.ProviderMetadata;

/**
 * Forms that the client sends in its own name, and the refusals that come back (RFC 6749 sections 2.3 and 5.2). The methods
 * of authentication are those of the token endpoint (RFC 8414 section 2 lists others for revocation; nobody uses them).
 */
record ClientRequests(Provider.Options options) {
    static final Set<String> JSON = Set.of("application/json");
    private static final Set<Integer> ERROR_STATUSES = Set.of(400, 401, 403);

    HttpSender.Request post(URI endpoint, Form form, ProviderMetadata metadata, Deadline deadline) {
        var client = new ClientAuthentication.Client(options.clientId(), options.clientSecret());
        var authentication = ClientAuthentication.choose(
                options.clientAuthentication(), metadata, options.clientSecret().isPresent());
        var headers = new HashMap<>(authentication.headers(client));
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        var body = form.with(authentication.fields(client)).encode();
        return new HttpSender.Request("POST", endpoint, headers, body, deadline.remaining());
    }

    /** The error code of RFC 6749 section 5.2. Where there is none, the status speaks for itself. */
    static Optional<String> refusal(HttpSender.Response response) {
        return Optional.of(response)
                .filter(answer -> ERROR_STATUSES.contains(answer.status()))
                .filter(answer -> JSON.contains(Exchange.mediaType(answer)))
                .flatMap(answer -> ErrorCode.in(answer.body()));
    }
}
