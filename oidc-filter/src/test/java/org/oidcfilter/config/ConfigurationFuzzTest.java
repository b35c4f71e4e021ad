// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oidcfilter.ConfigurationException;

class ConfigurationFuzzTest {
    private static final String SECRET = "a-client-secret-of-more-than-32-characters";
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern ORIGIN = Pattern.compile(
            "(?i)https://[^\\s/?#@\\\\]+.*|http://(?:(?:[a-z0-9.-]+\\.)?localhost|\\[::1]|127\\.[0-9.]+)(?:[:/?].*)?");

    /** The properties of a file that are added to a configuration that works; {@code init:} marks an init-param. */
    @FuzzTest(maxDuration = "10m")
    void everyConfigurationIsReadOrItsProblemsAreNamed(byte[] bytes) {
        var sources = new Sources();
        var properties = properties(new String(bytes, StandardCharsets.UTF_8));
        properties.forEach((key, value) -> add(sources, key, value));
        try {
            requireSound(sources.load());
        } catch (ConfigurationException e) {
            require(!e.problems().isEmpty(), "a problem that nobody names");
            require(
                    properties.toString().contains(SECRET)
                            || !String.valueOf(e.getMessage()).contains(SECRET),
                    "a problem that tells the secret");
        }
    }

    private static Map<String, String> properties(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            properties.clear(); // not a file of properties
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> !name.endsWith(Setting.CLIENT_SECRET_FILE.key())) // reads what it names
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }

    private static void add(Sources sources, String key, String value) {
        if (key.startsWith("init:")) {
            sources.withInitParam(key.substring("init:".length()), value);
        } else {
            sources.with(key, value);
        }
    }

    private static void requireSound(OidcConfig config) {
        requireOrigin(config.provider().issuer());
        var endpoints = config.provider().endpoints();
        Stream.of(endpoints.authorization(), endpoints.token(), endpoints.jwks(), endpoints.userInfo())
                .flatMap(Optional::stream)
                .forEach(endpoint -> requireOrigin(endpoint.toString()));
        config.externalUrl().ifPresent(url -> requireOrigin(url.toString()));
        Stream.of(
                        config.provider().timeout(),
                        config.login().timeout(),
                        config.session().idleTimeout(),
                        config.session().lifetime())
                .forEach(duration -> require(
                        duration.toMillis() > 0 && duration.compareTo(LONGEST) <= 0, "no duration: " + duration));
        require(!config.tokens().idTokenAlgorithms().isEmpty(), "no algorithm");
        require(!config.access().roles().claims().isEmpty(), "no claim");
        require(config.login().scope().matches("(?:.* )?openid(?: .*)?"), "not OpenID Connect");
        require(config.path().matches("(?:/[A-Za-z0-9._~-]+)+"), "not a path: " + config.path());
    }

    private static void requireOrigin(String url) {
        require(ORIGIN.matcher(url).matches(), "not safe from eavesdroppers: " + url);
    }

    /** The first line holds rules, the rest is a path to match them with. */
    @FuzzTest(maxDuration = "10m")
    void rulesHaveOneSpellingAndMatchAsAServletMappingDoes(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var end = text.indexOf('\n');
        var path = end < 0 ? "/" : text.substring(end + 1);
        read(end < 0 ? text : text.substring(0, end), ListFormat.separatedBySemicolons(PathRule::parse))
                .orElse(List.of())
                .forEach(rule -> requireSound(rule, path));
    }

    private static void requireSound(PathRule rule, String path) {
        require(!rule.roles().isEmpty(), "a rule that nobody can meet");
        requireOneSpelling(rule);
        assertEquals(
                servletMappingMatches(rule.pattern().toString(), path),
                rule.pattern().matches(path));
        require(!rule.appliesTo("GET", path) || rule.appliesTo("HEAD", path), "HEAD is open where GET is not");
    }

    /** A role may end in a backslash, but then only the last one. */
    private static void requireOneSpelling(PathRule rule) {
        var methods = String.join(",", rule.methods());
        var roles = rule.roles().stream()
                .sorted(Comparator.comparing(role -> role.endsWith("\\")))
                .map(role -> role.replace(",", "\\,"))
                .toList();
        if (roles.stream().filter(role -> role.endsWith("\\")).count() <= 1) {
            assertEquals(
                    rule, PathRule.parse((methods + " " + rule.pattern() + " = " + String.join(",", roles)).strip()));
        }
    }

    /** Servlet 6.0 section 12.1, without the precedence of mappings. */
    private static boolean servletMappingMatches(String pattern, String path) {
        if (pattern.startsWith("*.")) {
            var last = path.substring(path.lastIndexOf('/') + 1);
            return last.endsWith(pattern.substring(1));
        }
        if (pattern.endsWith("/*")) {
            var prefix = pattern.substring(0, pattern.length() - 1);
            return (path + "/").equals(prefix) || path.startsWith(prefix);
        }
        return pattern.equals(path);
    }

    @FuzzTest(maxDuration = "10m")
    void listsAndDurationsAreReadInOneWayOnly(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        read(text, DurationFormat.atLeast(Duration.ZERO)).ifPresent(duration -> {
            require(!duration.isNegative() && duration.compareTo(LONGEST) <= 0, "out of bounds: " + duration);
            assertEquals(Optional.of(duration), read(duration.toString(), DurationFormat.atLeast(Duration.ZERO)));
        });
        read(text, ListFormat.of(element -> element)).ifPresent(elements -> {
            require(elements.stream().noneMatch(String::isBlank), "a blank element");
            assertEquals(text.split("(?<!\\\\),", -1).length, elements.size());
        });
        read(text, WebAddress::secure).ifPresent(url -> requireOrigin(url.toString()));
        read(text, WebAddress::application).ifPresent(url -> requireOrigin(url + "/"));
    }

    private static <T> Optional<T> read(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
