// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an authentication request asks for besides the essentials (OpenID Connect Core 3.1.2.1, RFC 8707 section 2).
 *
 * @param prompt what the provider shall ask the caller for
 * @param maxAge how long ago the caller may have proved who they are, in whole seconds
 * @param acrValues the authentication context classes, one of which it has to be; empty for any
 * @param resources what the access token is for
 * @param others further parameters by name
 */
public record LoginParameters(
        List<String> prompt,
        Optional<Duration> maxAge,
        List<String> acrValues,
        List<String> resources,
        Map<String, String> others) {
    /** Nothing. */
    public static final LoginParameters NONE =
            new LoginParameters(List.of(), Optional.empty(), List.of(), List.of(), Map.of());

    /** What we say ourselves, and what would hide it. */
    private static final Set<String> RESERVED = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "response_mode",
            "request",
            "request_uri");

    /** The names of the components that are verified or can be repeated. */
    private static final Set<String> TYPED = Set.of("prompt", "max_age", "acr_values", "resource");

    /** @throws IllegalArgumentException if {@code others} has a parameter that is said elsewhere */
    public LoginParameters {
        prompt = List.copyOf(prompt);
        acrValues = List.copyOf(acrValues);
        resources = List.copyOf(resources);
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        if (!others.keySet().stream().allMatch(name -> isFree(name))) {
            throw new IllegalArgumentException("a parameter is reserved");
        }
    }

    /** Whether a parameter may be among the others. */
    public static boolean isFree(String name) {
        return !RESERVED.contains(name) && !TYPED.contains(name);
    }

    /** These, and where {@code later} says something, that; of two ages the shorter one. */
    public LoginParameters and(LoginParameters later) {
        var all = new LinkedHashMap<>(others);
        all.putAll(later.others());
        return new LoginParameters(
                later.prompt().isEmpty() ? prompt : later.prompt(),
                shorter(maxAge, later.maxAge()),
                later.acrValues().isEmpty() ? acrValues : later.acrValues(),
                later.resources().isEmpty() ? resources : later.resources(),
                all);
    }

    private static Optional<Duration> shorter(Optional<Duration> one, Optional<Duration> other) {
        return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) < 0 ? one : other.or(() -> one);
    }

    /** All but the resources, as they are sent. */
    Map<String, String> fields() {
        var fields = new LinkedHashMap<>(others);
        if (!prompt.isEmpty()) {
            fields.put("prompt", String.join(" ", prompt));
        }
        maxAge.ifPresent(age -> fields.put("max_age", Long.toString(age.toSeconds())));
        if (!acrValues.isEmpty()) {
            fields.put("acr_values", String.join(" ", acrValues));
        }
        return fields;
    }

    /** The names only: a {@code login_hint} is about a person. */
    @Override
    public String toString() {
        return "LoginParameters" + fields().keySet();
    }
}
