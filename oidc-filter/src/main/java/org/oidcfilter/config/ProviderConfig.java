// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who vouches for callers.
 *
 * @param issuer the issuer identifier, exactly as written
 * @param endpoints the provider's addresses where it has no metadata to discover them from
 * @param timeout how long one answer may take
 */
public record ProviderConfig(String issuer, Optional<Endpoints> endpoints, Duration timeout) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final URI STAND_IN = URI.create("http://localhost");
    private static final List<Setting> ENDPOINTS = List.of(
            Setting.AUTHORIZATION_ENDPOINT,
            Setting.TOKEN_ENDPOINT,
            Setting.JWKS_URI,
            Setting.USERINFO_ENDPOINT,
            Setting.END_SESSION_ENDPOINT);

    /**
     * What otherwise stands in the provider's metadata (OpenID Connect Discovery 3, RP-Initiated Logout 2.1).
     *
     * @param authorization where browsers log in
     * @param token where codes become tokens
     * @param jwks where the provider's keys are
     * @param userInfo where the claims of UserInfo are
     * @param endSession where browsers log out
     */
    public record Endpoints(URI authorization, URI token, URI jwks, Optional<URI> userInfo, Optional<URI> endSession) {}

    static ProviderConfig read(Settings settings) {
        var issuer = settings.required(Setting.ISSUER, WebAddress::issuer, STAND_IN.toString());
        var timeout = settings.defaulted(Setting.PROVIDER_TIMEOUT, DurationFormat.between(SHORTEST, LONGEST));
        var discovery = settings.defaulted(Setting.DISCOVERY, ProviderConfig::trueOrFalse);
        if (discovery) {
            ENDPOINTS.stream()
                    .filter(settings::has)
                    .forEach(endpoint -> settings.problem(
                            endpoint, "has no effect unless " + Setting.DISCOVERY.key() + " is false"));
            return new ProviderConfig(issuer, Optional.empty(), timeout);
        }
        var local = WebAddress.isHttpToLoopback(URI.create(issuer));
        return new ProviderConfig(issuer, Optional.of(endpoints(settings, local)), timeout);
    }

    private static Endpoints endpoints(Settings settings, boolean local) {
        return new Endpoints(
                settings.required(Setting.AUTHORIZATION_ENDPOINT, text -> endpoint(text, local), STAND_IN),
                settings.required(Setting.TOKEN_ENDPOINT, text -> endpoint(text, local), STAND_IN),
                settings.required(Setting.JWKS_URI, text -> endpoint(text, local), STAND_IN),
                settings.optional(Setting.USERINFO_ENDPOINT, text -> endpoint(text, local)),
                settings.optional(Setting.END_SESSION_ENDPOINT, text -> endpoint(text, local)));
    }

    private static URI endpoint(String text, boolean local) {
        var uri = WebAddress.secure(text);
        if (WebAddress.isHttpToLoopback(uri) && !local) {
            throw new IllegalArgumentException("must use https, as the issuer is not on this machine");
        }
        return uri;
    }

    private static Boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }
}
