// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Finds out which client asks: {@code client_secret_basic}, {@code client_secret_post} or {@code none}. */
final class ClientAuthentication {
    static final List<String> METHODS = List.of("client_secret_basic", "client_secret_post", "none");
    private static final String BASIC = "Basic ";

    private final Registry registry;

    ClientAuthentication(Registry registry) {
        this.registry = registry;
    }

    /** The client of a request that its server sent (RFC 6749 section 2.3). */
    Client client(Request request) throws Refusal {
        if (request.repeatsParameters()) {
            throw new Refusal("invalid_request", "A parameter is given more than once");
        }
        Optional<String> authorization = request.header("Authorization");
        Optional<String> secret = request.form("client_secret");
        if (authorization.isPresent() && secret.isPresent()) {
            throw new Refusal("invalid_request", "More than one way of client authentication is used");
        }
        if (authorization.isPresent()) {
            return basic(authorization.get(), request);
        }
        String id = request.form("client_id").orElse("");
        return secret.isPresent() ? withSecret(id, secret.get()) : withoutSecret(id);
    }

    /** Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1). */
    private Client basic(String authorization, Request request) throws Refusal {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw new Refusal("invalid_client", "The Authorization header must be Basic");
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()));
            String credentials = new String(decoded, UTF_8);
            int colon = credentials.indexOf(':');
            if (colon < 0) {
                throw new Refusal("invalid_client", "The Basic credentials have no colon");
            }
            String id = Form.decode(credentials.substring(0, colon));
            if (!request.form("client_id").orElse(id).equals(id)) {
                throw new Refusal("invalid_request", "client_id and the Authorization header disagree");
            }
            return withSecret(id, Form.decode(credentials.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new Refusal("invalid_client", "The Basic credentials cannot be decoded");
        }
    }

    private Client withSecret(String id, String secret) throws Refusal {
        return registry.client(id)
                .filter(client -> client.hasSecret(secret))
                .orElseThrow(() -> new Refusal("invalid_client", "The client is unknown or its secret is wrong"));
    }

    private Client withoutSecret(String id) throws Refusal {
        return registry.client(id)
                .filter(Client::isPublic)
                .orElseThrow(() -> new Refusal("invalid_client", "The client is unknown or must authenticate"));
    }
}
