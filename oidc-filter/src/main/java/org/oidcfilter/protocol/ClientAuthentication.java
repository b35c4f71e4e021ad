// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

/** How the client shows the token endpoint who it is (OpenID Connect Core 9). Exactly one way per request. */
public enum ClientAuthentication {
    /** In the {@code Authorization} header (RFC 6749 section 2.3.1). */
    CLIENT_SECRET_BASIC {
        @Override
        public Map<String, String> headers(Client client) {
            var pair = Form.encode(client.id()) + ":" + Form.encode(client.requiredSecret());
            var encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
            return Map.of("Authorization", "Basic " + encoded);
        }

        @Override
        public Map<String, String> fields(Client client) {
            return Map.of();
        }
    },

    /** In the body (RFC 6749 section 2.3.1). */
    CLIENT_SECRET_POST {
        @Override
        public Map<String, String> headers(Client client) {
            return Map.of();
        }

        @Override
        public Map<String, String> fields(Client client) {
            return Map.of("client_id", client.id(), "client_secret", client.requiredSecret());
        }
    },

    /** Not at all: a public client, which PKCE protects. */
    NONE {
        @Override
        public Map<String, String> headers(Client client) {
            return Map.of();
        }

        @Override
        public Map<String, String> fields(Client client) {
            return Map.of("client_id", client.id());
        }
    };

    /**
     * Who authenticates.
     *
     * @param id the client identifier
     * @param secret the client secret; empty for a public client
     */
    public record Client(String id, Optional<Secret> secret) {
        private String requiredSecret() {
            return secret.orElseThrow().reveal();
        }
    }

    /**
     * The method to use. What the operator configured holds even where the provider does not list it, for lists are often
     * incomplete; a client with a secret is never downgraded to one without.
     *
     * @param configured the method's name, if the operator gave one
     * @throws InvalidResponseException with {@link Reason#METADATA_CLIENT_AUTHENTICATION} if no method is left
     */
    public static ClientAuthentication choose(
            Optional<String> configured, ProviderMetadata metadata, boolean hasSecret) {
        var offered = metadata.tokenEndpointAuthMethods();
        return Stream.of(values())
                .filter(method -> hasSecret == (method != NONE))
                .filter(method -> configured.map(method.method()::equals).orElse(method.isIn(offered)))
                .findFirst()
                .orElseThrow(() -> new InvalidResponseException(
                        Reason.METADATA_CLIENT_AUTHENTICATION, problem(configured, offered, hasSecret)));
    }

    /**
     * The default of Discovery 3 is the first method that fits; a list that is absent forbids nothing. Public clients are
     * seldom listed (Keycloak does not), and there is nothing that they could be downgraded from.
     */
    private boolean isIn(List<String> offered) {
        return this == NONE || offered.isEmpty() || offered.contains(method());
    }

    private static String problem(Optional<String> configured, List<String> offered, boolean hasSecret) {
        return "no client authentication method for a client " + (hasSecret ? "with" : "without")
                + " a secret; configured: " + configured.orElse("(nothing)") + ", offered by the provider: "
                + Printable.of(offered.toString());
    }

    /** The name on the wire, such as {@code client_secret_basic}. */
    public String method() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The headers to add to the request. */
    public abstract Map<String, String> headers(Client client);

    /** The parameters to add to the request. */
    public abstract Map<String, String> fields(Client client);
}
