// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.ClientAuthentication;
import org.oidcfilter.protocol.Loopback;
import org.oidcfilter.protocol.Printable;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.token.SignatureAlgorithm;

/** Where the provider's metadata come from: its discovery document (OpenID Connect Discovery 4), the configuration, or both. */
final class Discovery {
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final Duration FOREVER = Duration.ofDays(365_000);

    private final Provider.Options options;
    private final Exchange exchange;

    Discovery(Provider.Options options, Exchange exchange) {
        this.options = options;
        this.exchange = exchange;
    }

    /** Metadata that this client can work with. What it cannot work with is a failure, so that it replaces nothing. */
    Cached.Fetched<ProviderMetadata> fetch(Deadline deadline) {
        requireSecureIssuer();
        var fetched = options.endpoints().discovery() ? discovered(deadline) : configured();
        requireSecureEndpoints(fetched.value());
        algorithms(fetched.value());
        ClientAuthentication.choose(
                options.clientAuthentication(),
                fetched.value(),
                options.clientSecret().isPresent());
        return fetched;
    }

    private Cached.Fetched<ProviderMetadata> discovered(Deadline deadline) {
        var response = exchange.document(documentUri(), Set.of("application/json"), deadline);
        var document = ProviderMetadata.parse(response.body());
        requireIssuer(document);
        return new Cached.Fetched<>(overridden(document), Exchange.lifetime(response));
    }

    private URI documentUri() {
        var issuer = options.issuer();
        return URI.create((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + WELL_KNOWN);
    }

    /** Discovery 4.3: exactly the configured issuer. */
    private void requireIssuer(ProviderMetadata document) {
        if (!document.issuer().equals(options.issuer())) {
            throw new InvalidResponseException(
                    Reason.METADATA_ISSUER,
                    "expected the discovery document of " + options.issuer() + ", got that of "
                            + Printable.of(document.issuer()));
        }
    }

    private ProviderMetadata overridden(ProviderMetadata document) {
        var ours = options.endpoints();
        return new ProviderMetadata(
                document.issuer(),
                ours.authorization().orElse(document.authorizationEndpoint()),
                ours.token().orElse(document.tokenEndpoint()),
                ours.jwks().orElse(document.jwksUri()),
                ours.userInfo().or(document::userInfoEndpoint),
                ours.endSession().or(document::endSessionEndpoint),
                ours.revocation().or(document::revocationEndpoint),
                document.idTokenSigningAlgorithms(),
                document.tokenEndpointAuthMethods(),
                document.issuerParameterSupported(),
                document.document());
    }

    private Cached.Fetched<ProviderMetadata> configured() {
        var ours = options.endpoints();
        var metadata = new ProviderMetadata(
                options.issuer(),
                ours.authorization().orElseThrow(),
                ours.token().orElseThrow(),
                ours.jwks().orElseThrow(),
                ours.userInfo(),
                ours.endSession(),
                ours.revocation(),
                List.copyOf(options.allowedAlgorithms()),
                List.of(),
                false,
                Map.of());
        return new Cached.Fetched<>(metadata, FOREVER);
    }

    private void requireSecureIssuer() {
        if (!isHttps(URI.create(options.issuer())) && !isLocal()) {
            throw new InvalidResponseException(
                    Reason.METADATA_INSECURE_ENDPOINT,
                    "the issuer " + options.issuer() + " does not use https; http is for loopback hosts only");
        }
    }

    private void requireSecureEndpoints(ProviderMetadata metadata) {
        var endpoints = new ArrayList<URI>();
        endpoints.add(metadata.authorizationEndpoint());
        endpoints.add(metadata.tokenEndpoint());
        endpoints.add(metadata.jwksUri());
        metadata.userInfoEndpoint().ifPresent(endpoints::add);
        metadata.endSessionEndpoint().ifPresent(endpoints::add);
        metadata.revocationEndpoint().ifPresent(endpoints::add);
        for (var endpoint : endpoints) {
            if (!isHttps(endpoint) && !(isLocal() && isHttpToLoopback(endpoint))) {
                throw new InvalidResponseException(
                        Reason.METADATA_INSECURE_ENDPOINT,
                        "the endpoint " + Printable.of(endpoint.toString()) + " does not use https");
            }
        }
    }

    /** Whether the provider runs on this machine, as in development: then, and only then, plain http to it will do. */
    private boolean isLocal() {
        return isHttpToLoopback(URI.create(options.issuer()));
    }

    private static boolean isHttpToLoopback(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) && Loopback.is(uri.getHost());
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** The signature algorithms that both sides accept, in the order configured. */
    Set<String> algorithms(ProviderMetadata metadata) {
        var common = new LinkedHashSet<>(options.allowedAlgorithms());
        common.retainAll(metadata.idTokenSigningAlgorithms());
        common.removeIf(identifier -> SignatureAlgorithm.of(identifier).isEmpty());
        if (common.isEmpty()) {
            throw new InvalidResponseException(
                    Reason.METADATA_ALGORITHMS,
                    "no signature algorithm in common; allowed: " + options.allowedAlgorithms() + ", the provider's: "
                            + Printable.of(metadata.idTokenSigningAlgorithms().toString()));
        }
        return Collections.unmodifiableSet(common);
    }
}
