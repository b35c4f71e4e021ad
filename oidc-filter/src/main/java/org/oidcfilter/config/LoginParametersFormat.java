// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.LoginParameters;

/** How {@link LoginParameters} are written. */
final class LoginParametersFormat {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]*");

    /** Without {@code none}: a login that shows nothing is for those who are logged in already. */
    private static final Set<String> PROMPTS = Set.of("login", "consent", "select_account", "create");

    /** Claims that decide about the login: to ask for them by {@code claims} would be to ask and not to look. */
    private static final Set<String> VERIFIED = Set.of("acr", "auth_time", "sub");

    private LoginParametersFormat() {}

    /** What the settings say that hold for every login. */
    static LoginParameters read(Settings settings) {
        return new LoginParameters(
                list(settings, Setting.PROMPT, LoginParametersFormat::prompt),
                settings.optional(Setting.MAX_AGE, DurationFormat.atLeast(SECOND)),
                list(settings, Setting.ACR_VALUES, LoginParametersFormat::acr),
                list(settings, Setting.RESOURCE, LoginParametersFormat::resource),
                settings.optional(Setting.EXTRA_PARAMETERS, LoginParametersFormat::others)
                        .orElse(Map.of()));
    }

    private static List<String> list(Settings settings, Setting setting, UnaryOperator<String> element) {
        return settings.optional(setting, ListFormat.of(element)).orElse(List.of());
    }

    /** Reads {@code name=value, name=value}, where lists are separated by spaces as in the request itself. */
    static LoginParameters parse(String text) {
        var others = ListFormat.parameters(text);
        return new LoginParameters(
                words(others.remove("prompt"), LoginParametersFormat::prompt),
                Optional.ofNullable(others.remove("max_age")).map(LoginParametersFormat::age),
                words(others.remove("acr_values"), LoginParametersFormat::acr),
                words(others.remove("resource"), LoginParametersFormat::resource),
                checked(others));
    }

    private static List<String> words(@Nullable String text, Function<String, String> element) {
        return text == null
                ? List.of()
                : SPACES.splitAsStream(text).map(element).toList();
    }

    private static Duration age(String text) {
        return DurationFormat.atLeast(SECOND).apply(SECONDS.matcher(text).matches() ? text + "s" : text);
    }

    private static Map<String, String> others(String text) {
        return checked(ListFormat.parameters(text));
    }

    private static Map<String, String> checked(Map<String, String> others) {
        for (var name : others.keySet()) {
            if (!NAME.matcher(name).matches() || !LoginParameters.isFree(name)) {
                throw new IllegalArgumentException(
                        "must not hold " + name + ", which is set elsewhere or by ourselves");
            }
        }
        Optional.ofNullable(others.get("claims")).ifPresent(LoginParametersFormat::checkClaims);
        return new LinkedHashMap<>(others);
    }

    /** OpenID Connect Core 5.5. */
    private static void checkClaims(String json) {
        var claims = Json.parse(json);
        if (claims.get("id_token") instanceof Map<?, ?> wanted
                && wanted.keySet().stream().anyMatch(VERIFIED::contains)) {
            throw new IllegalArgumentException(
                    "must ask for acr and auth_time by acr_values and max_age, which are verified,"
                            + " and not for sub");
        }
    }

    private static String prompt(String value) {
        if (!PROMPTS.contains(value)) {
            throw new IllegalArgumentException("must have prompts among login, consent, select_account, create");
        }
        return value;
    }

    /** The request parameter is a list separated by spaces (OpenID Connect Core 3.1.2.1). */
    private static String acr(String value) {
        if (SPACES.matcher(value).find()) {
            throw new IllegalArgumentException("must be separated by commas");
        }
        return value;
    }

    /** RFC 8707 section 2: absolute, without fragment. */
    private static String resource(String value) {
        var uri = URI.create(value);
        if (!uri.isAbsolute() || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have resources that are absolute URIs without fragment");
        }
        return value;
    }
}
