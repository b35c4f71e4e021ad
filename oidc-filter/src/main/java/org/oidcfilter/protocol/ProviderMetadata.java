// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;

/**
 * What the provider says of itself (OpenID Connect Discovery 3).
 *
 * @param issuer its identifier, compared exactly
 * @param authorizationEndpoint where browsers are sent to log in
 * @param tokenEndpoint where codes are redeemed
 * @param jwksUri where its keys are
 * @param userInfoEndpoint where more claims are
 * @param endSessionEndpoint where browsers are sent to log out
 * @param revocationEndpoint where tokens are revoked (RFC 8414 section 2)
 * @param idTokenSigningAlgorithms the algorithms it signs ID tokens with
 * @param tokenEndpointAuthMethods the client authentication methods it lists; empty where it lists none, which stands for
 *     {@code client_secret_basic}
 * @param issuerParameterSupported whether every authentication response carries {@code iss} (RFC 9207 section 3)
 * @param document all that it says, as it says it; empty where it is not asked
 */
public record ProviderMetadata(
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI jwksUri,
        Optional<URI> userInfoEndpoint,
        Optional<URI> endSessionEndpoint,
        Optional<URI> revocationEndpoint,
        List<String> idTokenSigningAlgorithms,
        List<String> tokenEndpointAuthMethods,
        boolean issuerParameterSupported,
        Map<String, Object> document) {

    public ProviderMetadata {
        document = Map.copyOf(document);
        idTokenSigningAlgorithms = List.copyOf(idTokenSigningAlgorithms);
        tokenEndpointAuthMethods = List.copyOf(tokenEndpointAuthMethods);
    }

    /**
     * Reads a discovery document.
     *
     * @throws InvalidResponseException with {@link Reason#PROVIDER_JSON} or {@link Reason#METADATA_INVALID}
     */
    public static ProviderMetadata parse(String json) {
        return JsonObject.read(json, Reason.METADATA_INVALID, ProviderMetadata::of);
    }

    private static ProviderMetadata of(JsonObject document) {
        return new ProviderMetadata(
                document.requiredString("issuer"),
                requiredEndpoint(document, "authorization_endpoint"),
                requiredEndpoint(document, "token_endpoint"),
                requiredEndpoint(document, "jwks_uri"),
                endpoint(document, "userinfo_endpoint"),
                endpoint(document, "end_session_endpoint"),
                endpoint(document, "revocation_endpoint"),
                required("id_token_signing_alg_values_supported", document::strings),
                document.strings("token_endpoint_auth_methods_supported").orElse(List.of()),
                document.bool("authorization_response_iss_parameter_supported").orElse(false),
                document.members());
    }

    /** All of it as JSON has it: the document, but with the addresses that count. */
    public Map<String, Object> asMap() {
        var all = new LinkedHashMap<>(document);
        all.put("issuer", issuer);
        all.put("authorization_endpoint", authorizationEndpoint.toString());
        all.put("token_endpoint", tokenEndpoint.toString());
        all.put("jwks_uri", jwksUri.toString());
        userInfoEndpoint.ifPresent(uri -> all.put("userinfo_endpoint", uri.toString()));
        endSessionEndpoint.ifPresent(uri -> all.put("end_session_endpoint", uri.toString()));
        revocationEndpoint.ifPresent(uri -> all.put("revocation_endpoint", uri.toString()));
        return Collections.unmodifiableMap(all);
    }

    /** Who it is: a document can hold anything. */
    @Override
    public String toString() {
        return "ProviderMetadata[" + issuer + "]";
    }

    private static URI requiredEndpoint(JsonObject document, String name) {
        return required(name, field -> endpoint(document, field));
    }

    private static <T> T required(String name, Function<String, Optional<T>> accessor) {
        return accessor.apply(name).orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is missing"));
    }

    private static Optional<URI> endpoint(JsonObject document, String name) {
        return document.string(name).map(text -> endpoint(name, text));
    }

    private static URI endpoint(String name, String text) {
        var uri = uri(name, text);
        boolean usable = ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
        if (!usable) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not an http or https URL without user and fragment");
        }
        return uri;
    }

    private static URI uri(String name, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + name + "\" is not a URI", e);
        }
    }
}
