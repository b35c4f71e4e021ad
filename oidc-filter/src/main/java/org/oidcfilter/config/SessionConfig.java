// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.Secret;

/**
 * How long callers stay, and where they go then.
 *
 * @param idleTimeout how long a session lasts without being used
 * @param lifetime how long a session lasts however much it is used
 * @param endsWithIdToken whether a session ends when its ID token does
 * @param endsWithAccessToken whether a session ends when its access token does
 * @param expired what somebody sees whose session is over
 * @param kept where a session is
 * @param keptTokens which tokens are part of it
 * @param cookieSize how many bytes of cookies a session may take
 * @param cookieKeys what protects our cookies, the one that seals first; empty if not configured
 * @param cookieKeysFile where they are read from, if they are read again when that file changes
 * @param postLogoutPath the page of this application that a logout ends at
 * @param applicationLogout how far it reaches if the application signs somebody out
 * @param revokesTokens whether signing out at the provider revokes tokens
 */
public record SessionConfig(
        Duration idleTimeout,
        Duration lifetime,
        boolean endsWithIdToken,
        boolean endsWithAccessToken,
        Expired expired,
        Kept kept,
        Set<KeptToken> keptTokens,
        int cookieSize,
        List<Secret> cookieKeys,
        Optional<Path> cookieKeysFile,
        Optional<String> postLogoutPath,
        ApplicationLogout applicationLogout,
        boolean revokesTokens) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int KEY_LENGTH = 32;
    private static final int SMALLEST_COOKIE = 1000;
    private static final int LARGEST_COOKIE = 32_000;

    /** Where a session is. */
    public enum Kept {
        /** In the container's session. */
        CONTAINER,
        /** In the browser, in sealed cookies. */
        COOKIE
    }

    /** What a session may do without. */
    public enum KeptToken {
        /** The ID token with its signature, for the provider to recognise; its claims are kept in any case. */
        ID_TOKEN,
        ACCESS_TOKEN,
        REFRESH_TOKEN
    }

    /** What somebody sees whose session is over. */
    public enum Expired {
        /** The provider, which may let them pass at once. */
        LOGIN,
        /** A page that says so. */
        PAGE
    }

    /** How far {@code request.logout()} reaches, and who answers. */
    public enum ApplicationLogout {
        /** It ends the session here, and the application answers. */
        HERE,
        /** The browser leaves for the page where a logout ends, or for a new login. */
        LEAVE,
        /** The browser goes to the provider, to sign out there, too. */
        PROVIDER
    }

    public SessionConfig {
        keptTokens = Set.copyOf(keptTokens);
        cookieKeys = List.copyOf(cookieKeys);
    }

    static SessionConfig read(Settings settings) {
        var idleTimeout = settings.defaulted(Setting.SESSION_IDLE_TIMEOUT, DurationFormat.atLeast(SECOND));
        var lifetime = settings.defaulted(Setting.SESSION_LIFETIME, DurationFormat.atLeast(SECOND));
        if (idleTimeout.compareTo(lifetime) > 0) {
            settings.problem(Setting.SESSION_IDLE_TIMEOUT, "must not exceed " + Setting.SESSION_LIFETIME.key());
        }
        var kept = settings.defaulted(Setting.SESSION_MODE, ChoiceFormat.of(Kept.class));
        if (kept == Kept.COOKIE && !settings.has(Setting.COOKIE_KEYS) && !settings.has(Setting.COOKIE_KEYS_FILE)) {
            settings.problem(
                    Setting.SESSION_MODE,
                    "is cookie, which needs " + Setting.COOKIE_KEYS.key() + " or " + Setting.COOKIE_KEYS_FILE.key());
        }
        return new SessionConfig(
                idleTimeout,
                lifetime,
                settings.defaulted(Setting.SESSION_ENDS_WITH_ID_TOKEN, BooleanFormat::parse),
                settings.defaulted(Setting.SESSION_ENDS_WITH_ACCESS_TOKEN, BooleanFormat::parse),
                settings.defaulted(Setting.SESSION_EXPIRED, ChoiceFormat.of(Expired.class)),
                kept,
                Set.copyOf(settings.defaulted(Setting.SESSION_TOKENS, SessionConfig::tokens)),
                settings.defaulted(Setting.SESSION_COOKIE_SIZE, IntegerFormat.between(SMALLEST_COOKIE, LARGEST_COOKIE)),
                cookieKeys(settings),
                settings.optional(Setting.COOKIE_KEYS_FILE, Path::of),
                settings.optional(Setting.POST_LOGOUT_PATH, WebAddress::path),
                settings.defaulted(Setting.APPLICATION_LOGOUT, ChoiceFormat.of(ApplicationLogout.class)),
                settings.defaulted(Setting.REVOKE_TOKENS, BooleanFormat::parse));
    }

    /** What to tell an operator whose client secret is too weak to protect cookies as well. */
    Optional<String> cookieKeyAdvice(ClientConfig client) {
        return client.secret()
                .filter(secret -> cookieKeys.isEmpty() && secret.reveal().length() < KEY_LENGTH)
                .map(secret -> "the client secret has fewer than " + KEY_LENGTH + " characters and cannot protect"
                        + " cookies; set " + Setting.COOKIE_KEYS.key() + " unless there is one node only");
    }

    private static List<Secret> cookieKeys(Settings settings) {
        if (settings.has(Setting.COOKIE_KEYS) && settings.has(Setting.COOKIE_KEYS_FILE)) {
            settings.problem(
                    Setting.COOKIE_KEYS_FILE, "and " + Setting.COOKIE_KEYS.key() + " are both set; remove one");
        }
        return settings.optional(Setting.COOKIE_KEYS, ListFormat.of(KeyFile::key))
                .or(() -> settings.optional(Setting.COOKIE_KEYS_FILE, KeyFile::read))
                .orElse(List.of());
    }

    private static List<KeptToken> tokens(String text) {
        return text.equals("none")
                ? List.of()
                : ListFormat.of(ChoiceFormat.of(KeptToken.class)).apply(text);
    }
}
