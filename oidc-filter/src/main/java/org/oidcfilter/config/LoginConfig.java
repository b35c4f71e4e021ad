// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How callers log in.
 *
 * @param scope the {@code scope} to ask for, separated by single spaces
 * @param responseMode how the browser brings the answer
 * @param userInfo whether to ask the UserInfo endpoint
 * @param idTokenAlgorithms the signature algorithms to accept
 * @param maxAge how long ago the caller may have authenticated, in whole seconds
 * @param acrValues the authentication context classes to insist on; empty for any
 * @param timeout how long a caller may take
 * @param clockSkew how far the provider's clock may be off
 */
public record LoginConfig(
        String scope,
        ResponseMode responseMode,
        UserInfo userInfo,
        List<String> idTokenAlgorithms,
        Optional<Duration> maxAge,
        List<String> acrValues,
        Duration timeout,
        Duration clockSkew) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST_SKEW = Duration.ofMinutes(5);
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
        NEVER
    }

    public LoginConfig {
        idTokenAlgorithms = List.copyOf(idTokenAlgorithms);
        acrValues = List.copyOf(acrValues);
    }

    static LoginConfig read(Settings settings) {
        return new LoginConfig(
                settings.defaulted(Setting.SCOPE, LoginConfig::scope),
                settings.defaulted(Setting.RESPONSE_MODE, ChoiceFormat.of(ResponseMode.class)),
                settings.defaulted(Setting.USERINFO, ChoiceFormat.of(UserInfo.class)),
                settings.defaulted(Setting.ID_TOKEN_ALGORITHMS, ListFormat.of(LoginConfig::algorithm)),
                settings.optional(Setting.MAX_AGE, DurationFormat.atLeast(SECOND)),
                settings.optional(Setting.ACR_VALUES, ListFormat.of(LoginConfig::acr))
                        .orElse(List.of()),
                settings.defaulted(Setting.LOGIN_TIMEOUT, DurationFormat.atLeast(SECOND)),
                settings.defaulted(Setting.CLOCK_SKEW, DurationFormat.between(Duration.ZERO, LONGEST_SKEW)));
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

    private static String algorithm(String name) {
        var known = ListFormat.of(any -> any)
                .apply(Setting.ID_TOKEN_ALGORITHMS.defaultValue().orElseThrow());
        if (!known.contains(name)) {
            throw new IllegalArgumentException("must be some of " + String.join(", ", known));
        }
        return name;
    }

    /** The request parameter is a list separated by spaces (OpenID Connect Core 3.1.2.1). */
    private static String acr(String value) {
        if (SPACES.matcher(value).find()) {
            throw new IllegalArgumentException("must be separated by commas");
        }
        return value;
    }
}
