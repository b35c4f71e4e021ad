// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.config.Setting;
import org.oidcfilter.config.TokenConfig.Demand;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.token.Decryption;
import org.oidcfilter.token.DecryptionKeys;
import org.oidcfilter.token.IdTokenValidator;
import org.oidcfilter.token.LogoutTokenValidator;
import org.oidcfilter.token.VerificationKeys;

/** What the configuration says about tokens: whom they are for, what they are opened with, how they are validated. */
final class ConfiguredTokens {
    private final OidcConfig config;
    private final Optional<DecryptionKeys> decryptionKeys;
    private final Clock clock;

    /** @throws ConfigurationException if the decryption keys are none */
    ConfiguredTokens(OidcConfig config, Clock clock) {
        this.config = config;
        this.decryptionKeys = decryptionKeys(config);
        this.clock = clock;
    }

    Audience audience() {
        return new Audience(
                config.provider().issuer(),
                config.client().id(),
                config.tokens().additionalAudiences());
    }

    /** Our own keys, which the provider encrypts to. */
    Optional<DecryptionKeys> decryptionKeys() {
        return decryptionKeys;
    }

    IdTokenValidator idTokens(VerificationKeys keys) {
        return new IdTokenValidator(keys, decryption(), clock, config.tokens().clockSkew());
    }

    LogoutTokenValidator logoutTokens(VerificationKeys keys) {
        return new LogoutTokenValidator(
                keys, decryption(), clock, config.tokens().clockSkew());
    }

    Provider.UserInfo userInfo() {
        return new Provider.UserInfo(
                decryption(false),
                config.tokens().userInfoSignature() == Demand.REQUIRED,
                config.tokens().additionalAudiences());
    }

    private Decryption decryption() {
        return decryption(config.tokens().idTokenEncryption() == Demand.REQUIRED);
    }

    private Decryption decryption(boolean required) {
        return decryptionKeys.map(known -> Decryption.with(known, required)).orElse(Decryption.NONE);
    }

    private static Optional<DecryptionKeys> decryptionKeys(OidcConfig config) {
        try {
            return config.tokens().decryptionKeys().map(DecryptionKeys::parse);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(Setting.DECRYPTION_KEYS_FILE.key() + " " + e.getMessage()));
        }
    }
}
