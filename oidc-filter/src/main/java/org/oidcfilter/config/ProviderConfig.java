// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.oidcfilter.protocol.ProviderEndpoints;

/**
 * Who vouches for callers.
 *
 * @param issuer the issuer identifier, exactly as written
 * @param endpoints what is known of the provider's addresses without asking it
 * @param timeout how long one request may wait for the provider in all
 */
public record ProviderConfig(String issuer, ProviderEndpoints endpoints, Duration timeout) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final URI STAND_IN = URI.create("http://localhost");

    static ProviderConfig read(Settings settings) {
        var issuer = settings.required(Setting.ISSUER, WebAddress::issuer, STAND_IN.toString());
        var timeout = settings.defaulted(Setting.PROVIDER_TIMEOUT, DurationFormat.between(SHORTEST, LONGEST));
        return new ProviderConfig(
                issuer, endpoints(settings, WebAddress.isHttpToLoopback(URI.create(issuer))), timeout);
    }

    private static ProviderEndpoints endpoints(Settings settings, boolean local) {
        var discovery = settings.defaulted(Setting.DISCOVERY, BooleanFormat::parse);
        Function<Setting, Optional<URI>> essential = setting -> discovery
                ? settings.optional(setting, text -> endpoint(text, local))
                : Optional.of(settings.required(setting, text -> endpoint(text, local), STAND_IN));
        return new ProviderEndpoints(
                discovery,
                essential.apply(Setting.AUTHORIZATION_ENDPOINT),
                essential.apply(Setting.TOKEN_ENDPOINT),
                essential.apply(Setting.JWKS_URI),
                settings.optional(Setting.USERINFO_ENDPOINT, text -> endpoint(text, local)),
                settings.optional(Setting.END_SESSION_ENDPOINT, text -> endpoint(text, local)),
                settings.optional(Setting.REVOCATION_ENDPOINT, text -> endpoint(text, local)));
    }

    private static URI endpoint(String text, boolean local) {
        var uri = WebAddress.secure(text);
        if (WebAddress.isHttpToLoopback(uri) && !local) {
            throw new IllegalArgumentException("must use https, as the issuer is not on this machine");
        }
        return uri;
    }
}
