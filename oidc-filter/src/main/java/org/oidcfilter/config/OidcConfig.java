// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.OidcEventListener;

/**
 * All settings, read and checked. Whatever has a default is present.
 *
 * @param provider who vouches for callers
 * @param client who we are there
 * @param login how callers log in
 * @param tokens what is believed
 * @param session how long they stay, and where they go then
 * @param refresh how tokens are kept fresh, and where they may go
 * @param sharedState what nodes agree on, and where
 * @param access what they may do
 * @param listeners what of the application is told of events
 * @param path where our own pages live, below the context path
 * @param externalUrl the address of the application as browsers see it, without a slash at the end
 * @param warnings what deserves to be logged, a sentence each
 */
public record OidcConfig(
        ProviderConfig provider,
        ClientConfig client,
        LoginConfig login,
        TokenConfig tokens,
        SessionConfig session,
        RefreshConfig refresh,
        SharedStateConfig sharedState,
        AccessConfig access,
        List<ApplicationClass<OidcEventListener>> listeners,
        String path,
        Optional<URI> externalUrl,
        List<String> warnings) {
    public OidcConfig {
        listeners = List.copyOf(listeners);
        warnings = List.copyOf(warnings);
    }

    /**
     * Whether the container is to say who may do what. A look at one setting; where it is nonsense {@link #load} has to tell.
     */
    public static boolean asksForContainerSecurity(Config config) {
        try {
            var value = config.getConfigValue(Setting.CONTAINER_SECURITY.key());
            return value.getRawValue() != null
                    && (value.getValue() == null
                            || BooleanFormat.parse(value.getValue().strip()));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return true;
        }
    }

    /**
     * Reads the configuration.
     *
     * @param config the sources that the whole application shares
     * @param initParams the filter's own parameters: stronger than a property file, weaker than the environment
     * @throws ConfigurationException with all problems at once
     */
    public static OidcConfig load(Config config, Map<String, String> initParams) {
        return load(config, initParams, Map.of());
    }

    /**
     * Reads the configuration.
     *
     * @param config the sources that the whole application shares
     * @param initParams the filter's own parameters: stronger than a property file, weaker than the environment
     * @param definition what the application's code says: weaker than anything else, so that it need not be changed
     * @throws ConfigurationException with all problems at once
     */
    public static OidcConfig load(Config config, Map<String, String> initParams, Map<String, String> definition) {
        var settings = new Settings(config, initParams, definition);
        var provider = ProviderConfig.read(settings);
        var client = ClientConfig.read(settings);
        var login = LoginConfig.read(settings);
        var tokens = TokenConfig.read(settings, client);
        var session = SessionConfig.read(settings);
        var refresh = RefreshConfig.read(settings);
        var sharedState = SharedStateConfig.read(settings);
        var access = AccessConfig.read(settings, login);
        var listeners = listeners(settings);
        var path = settings.defaulted(Setting.PATH, WebAddress::folder);
        var externalUrl = settings.optional(Setting.EXTERNAL_URL, WebAddress::application);
        session.cookieKeyAdvice(client).ifPresent(settings::warning);
        login.paths().refuseBelow(path, settings);
        settings.throwProblems();
        return new OidcConfig(
                provider,
                client,
                login,
                tokens,
                session,
                refresh,
                sharedState,
                access,
                listeners,
                path,
                externalUrl,
                settings.warnings());
    }

    private static List<ApplicationClass<OidcEventListener>> listeners(Settings settings) {
        var setting = Setting.EVENT_LISTENERS;
        return settings.optional(setting, ListFormat.of(ApplicationClass.parser(setting, OidcEventListener.class)))
                .orElse(List.of());
    }
}
