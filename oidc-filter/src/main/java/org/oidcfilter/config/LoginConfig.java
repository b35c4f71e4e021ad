// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.oidcfilter.protocol.LoginParameters;

/**
 * How callers log in.
 *
 * @param scope the {@code scope} to ask for, separated by single spaces
 * @param responseMode how the browser brings the answer
 * @param userInfo whether to ask the UserInfo endpoint
 * @param parameters what every login asks for
 * @param rules how logins for some paths differ, the stronger ones last
 * @param timeout how long a caller may take
 * @param savedPosts whether a form is sent again after a login that came between
 * @param paths where logins come back
 */
public record LoginConfig(
        String scope,
        ResponseMode responseMode,
        UserInfo userInfo,
        LoginParameters parameters,
        List<LoginRule> rules,
        Duration timeout,
        boolean savedPosts,
        Paths paths) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SCOPE_TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** How the browser brings the answer (OAuth 2.0 Multiple Response Types 2.1, Form Post Response Mode). */
    public enum ResponseMode {
        QUERY,
        FORM_POST
    }

    /** When to ask the UserInfo endpoint. */
    public enum UserInfo {
        /** When the ID token lacks a claim that is needed. */
        AUTO,
        ALWAYS,
        /** Whenever there is one. */
        AVAILABLE,
        NEVER
    }

    /**
     * Where logins and logouts come back, below the context path.
     *
     * @param callback the redirect URI, if it is not where our other pages are
     * @param logoutCallback the post-logout redirect URI, if it is not where our other pages are
     * @param landing the page that every login ends at
     */
    public record Paths(Optional<String> callback, Optional<String> logoutCallback, Optional<String> landing) {
        static Paths read(Settings settings) {
            var paths = new Paths(
                    settings.optional(Setting.CALLBACK_PATH, WebAddress::folder),
                    settings.optional(Setting.LOGOUT_CALLBACK_PATH, WebAddress::path),
                    settings.optional(Setting.LANDING_PATH, WebAddress::path));
            if (paths.callback().isPresent() && paths.callback().equals(paths.logoutCallback())) {
                settings.problem(
                        Setting.LOGOUT_CALLBACK_PATH, "must not be " + Setting.CALLBACK_PATH.key() + " as well");
            }
            return paths;
        }

        /** Our own pages have their places. */
        void refuseBelow(String path, Settings settings) {
            refuse(callback, Setting.CALLBACK_PATH, path, settings);
            refuse(logoutCallback, Setting.LOGOUT_CALLBACK_PATH, path, settings);
        }

        private static void refuse(Optional<String> page, Setting setting, String path, Settings settings) {
            if (page.filter(known -> (known + "/").startsWith(path + "/")).isPresent()) {
                settings.problem(setting, "must not lie below " + Setting.PATH.key() + ", where our own pages are");
            }
        }
    }

    public LoginConfig {
        rules = List.copyOf(rules);
    }

    /** The scopes that are asked for, each by itself. */
    public Set<String> scopes() {
        return Set.copyOf(List.of(SPACES.split(scope)));
    }

    static LoginConfig read(Settings settings) {
        return new LoginConfig(
                settings.defaulted(Setting.SCOPE, LoginConfig::scope),
                settings.defaulted(Setting.RESPONSE_MODE, ChoiceFormat.of(ResponseMode.class)),
                settings.defaulted(Setting.USERINFO, ChoiceFormat.of(UserInfo.class)),
                LoginParametersFormat.read(settings),
                settings.optional(Setting.LOGIN_RULES, ListFormat.separatedBySemicolons(LoginRule::parse))
                        .orElse(List.of()),
                settings.defaulted(Setting.LOGIN_TIMEOUT, DurationFormat.atLeast(SECOND)),
                settings.defaulted(Setting.SAVED_POSTS, BooleanFormat::parse),
                Paths.read(settings));
    }

    private static String scope(String text) {
        var tokens = List.of(SPACES.split(text));
        if (!tokens.contains("openid") || !tokens.stream().allMatch(LoginConfig::isScopeToken)) {
            throw new IllegalArgumentException("must be scopes separated by spaces, openid among them");
        }
        return String.join(" ", tokens);
    }

    private static boolean isScopeToken(String token) {
        return SCOPE_TOKEN.matcher(token).matches();
    }
}
