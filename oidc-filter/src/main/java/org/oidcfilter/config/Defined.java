// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the application's code says where nothing else is set. What belongs together is taken together: where another source names another
 * provider or another client, the keys, addresses and secrets of the one in the code are not for it.
 */
final class Defined {
    private static final Set<Setting> OF_THE_PROVIDER = EnumSet.of(
            Setting.CLIENT_ID,
            Setting.DISCOVERY,
            Setting.AUTHORIZATION_ENDPOINT,
            Setting.TOKEN_ENDPOINT,
            Setting.USERINFO_ENDPOINT,
            Setting.END_SESSION_ENDPOINT,
            Setting.REVOCATION_ENDPOINT,
            Setting.JWKS_URI,
            Setting.ID_TOKEN_ALGORITHMS);

    private final Map<String, String> definition;
    private final Function<Setting, Optional<String>> set;

    /** @param set what other sources say */
    Defined(Map<String, String> definition, Function<Setting, Optional<String>> set) {
        this.definition = definition;
        this.set = set;
    }

    /** What the code says, if that counts. */
    Optional<String> value(Setting setting) {
        return Optional.ofNullable(definition.get(setting.key()))
                .filter(value -> set.apply(setting).isEmpty() && !isForAnother(setting));
    }

    private boolean isForAnother(Setting setting) {
        var otherProvider = isAnother(Setting.ISSUER);
        return setting == Setting.CLIENT_SECRET
                ? otherProvider
                        || isAnother(Setting.CLIENT_ID)
                        || set.apply(Setting.CLIENT_SECRET_FILE).isPresent()
                : otherProvider && OF_THE_PROVIDER.contains(setting);
    }

    private boolean isAnother(Setting setting) {
        var defined = definition.get(setting.key());
        return defined != null
                && set.apply(setting).filter(value -> !value.equals(defined)).isPresent();
    }
}
