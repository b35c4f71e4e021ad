// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.Secret;

/**
 * How long callers stay, and where they go then.
 *
 * @param idleTimeout how long a session lasts without being used
 * @param lifetime how long a session lasts however much it is used
 * @param endsWithIdToken whether a session ends when its ID token does
 * @param expired what somebody sees whose session is over
 * @param cookieKeys what protects our cookies, the one that seals first; empty if not configured
 * @param postLogoutPath the page of this application that a logout ends at
 * @param revokesTokens whether signing out at the provider revokes tokens
 */
public record SessionConfig(
        Duration idleTimeout,
        Duration lifetime,
        boolean endsWithIdToken,
        Expired expired,
        List<Secret> cookieKeys,
        Optional<String> postLogoutPath,
        boolean revokesTokens) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int KEY_LENGTH = 32;

    /** What somebody sees whose session is over. */
    public enum Expired {
        /** The provider, which may let them pass at once. */
        LOGIN,
        /** A page that says so. */
        PAGE
    }

    public SessionConfig {
        cookieKeys = List.copyOf(cookieKeys);
    }

    static SessionConfig read(Settings settings) {
        var idleTimeout = settings.defaulted(Setting.SESSION_IDLE_TIMEOUT, DurationFormat.atLeast(SECOND));
        var lifetime = settings.defaulted(Setting.SESSION_LIFETIME, DurationFormat.atLeast(SECOND));
        if (idleTimeout.compareTo(lifetime) > 0) {
            settings.problem(Setting.SESSION_IDLE_TIMEOUT, "must not exceed " + Setting.SESSION_LIFETIME.key());
        }
        return new SessionConfig(
                idleTimeout,
                lifetime,
                settings.defaulted(Setting.SESSION_ENDS_WITH_ID_TOKEN, BooleanFormat::parse),
                settings.defaulted(Setting.SESSION_EXPIRED, ChoiceFormat.of(Expired.class)),
                settings.optional(Setting.COOKIE_KEYS, ListFormat.of(SessionConfig::key))
                        .orElse(List.of()),
                settings.optional(Setting.POST_LOGOUT_PATH, WebAddress::path),
                settings.defaulted(Setting.REVOKE_TOKENS, BooleanFormat::parse));
    }

    /** What to tell an operator whose client secret is too weak to protect cookies as well. */
    Optional<String> cookieKeyAdvice(ClientConfig client) {
        return client.secret()
                .filter(secret -> cookieKeys.isEmpty() && secret.reveal().length() < KEY_LENGTH)
                .map(secret -> "the client secret has fewer than " + KEY_LENGTH + " characters and cannot protect"
                        + " cookies; set " + Setting.COOKIE_KEYS.key() + " unless there is one node only");
    }

    private static Secret key(String text) {
        if (text.length() < KEY_LENGTH) {
            throw new IllegalArgumentException("must be secrets of at least " + KEY_LENGTH + " characters each");
        }
        return Secret.of(text);
    }
}
