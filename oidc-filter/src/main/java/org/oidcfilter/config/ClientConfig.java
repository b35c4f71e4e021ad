// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.Optional;
import org.oidcfilter.Secret;

/**
 * Who we are at the provider.
 *
 * @param id the {@code client_id}
 * @param secret the {@code client_secret}; empty for a public client
 * @param authentication how we prove ourselves at the token endpoint
 */
public record ClientConfig(String id, Optional<Secret> secret, Authentication authentication) {
    /** How a client proves itself (OpenID Connect Core 9). */
    public enum Authentication {
        /** Whatever the provider supports. */
        AUTO,
        /** By HTTP Basic authentication. */
        CLIENT_SECRET_BASIC,
        /** By the secret in the request body. */
        CLIENT_SECRET_POST,
        /** Not at all: a public client. */
        NONE
    }

    static ClientConfig read(Settings settings) {
        var id = settings.required(Setting.CLIENT_ID, text -> text, "");
        var secret = secret(settings);
        var authentication = settings.defaulted(Setting.CLIENT_AUTHENTICATION, ChoiceFormat.of(Authentication.class));
        var hasSecret = settings.has(Setting.CLIENT_SECRET) || settings.has(Setting.CLIENT_SECRET_FILE);
        if (authentication == Authentication.NONE && hasSecret) {
            settings.problem(Setting.CLIENT_AUTHENTICATION, "is none although there is a client secret");
        }
        if (authentication.name().startsWith("CLIENT_SECRET") && !hasSecret) {
            settings.problem(
                    Setting.CLIENT_AUTHENTICATION,
                    "is " + ChoiceFormat.word(authentication) + " although there is no client secret");
        }
        return new ClientConfig(id, secret, authentication);
    }

    private static Optional<Secret> secret(Settings settings) {
        if (settings.has(Setting.CLIENT_SECRET) && settings.has(Setting.CLIENT_SECRET_FILE)) {
            settings.problem(
                    Setting.CLIENT_SECRET_FILE, "and " + Setting.CLIENT_SECRET.key() + " are both set; remove one");
            return Optional.empty();
        }
        var secret = settings.optional(Setting.CLIENT_SECRET, Secret::of)
                .or(() -> settings.optional(Setting.CLIENT_SECRET_FILE, SecretFile::content));
        if (secret.map(Secret::reveal)
                .filter(text -> !text.equals(text.strip()))
                .isPresent()) {
            settings.warning("the client secret begins or ends with white space");
        }
        return secret;
    }
}
