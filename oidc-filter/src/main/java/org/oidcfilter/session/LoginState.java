// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.Secret;

/**
 * A login that has begun (OpenID Connect Core 3.1.2.1, RFC 7636).
 *
 * @param state binds the authentication response to this browser
 * @param nonce binds the ID token to this login
 * @param codeVerifier binds the code to this login
 * @param returnTo the path and query that the caller asked for
 * @param redirectUri where the provider was told to send the response
 * @param asked what the provider was asked for and has to be held to
 * @param startedAt when the browser was sent to the provider, in milliseconds
 */
public record LoginState(
        Secret state,
        Secret nonce,
        Secret codeVerifier,
        String returnTo,
        URI redirectUri,
        Asked asked,
        Instant startedAt)
        implements PendingState<LoginState> {
    public LoginState {
        startedAt = Instant.ofEpochMilli(startedAt.toEpochMilli());
    }

    /**
     * What was asked for (OpenID Connect Core 3.1.2.1).
     *
     * @param maxAge {@code max_age}, in whole seconds
     * @param acrValues {@code acr_values}
     * @param silent whether nothing was to be shown ({@code prompt=none})
     * @param anew whether the caller had to log in anew ({@code prompt=login})
     */
    public record Asked(Optional<Duration> maxAge, List<String> acrValues, boolean silent, boolean anew) {
        /** Nothing in particular. */
        public static final Asked NOTHING = new Asked(Optional.empty(), List.of(), false, false);

        public Asked {
            acrValues = List.copyOf(acrValues);
        }
    }

    /** A new login, with values that nobody can guess. */
    public static LoginState start(String returnTo, URI redirectUri, Asked asked, Instant now) {
        return new LoginState(
                RandomValue.next(), RandomValue.next(), RandomValue.next(), returnTo, redirectUri, asked, now);
    }

    @Override
    public LoginState returningTo(String other) {
        return new LoginState(state, nonce, codeVerifier, other, redirectUri, asked, startedAt);
    }

    @Override
    public Map<String, Object> toJson() {
        var json = new HashMap<String, Object>(Map.of(
                "s", state.reveal(),
                "n", nonce.reveal(),
                "v", codeVerifier.reveal(),
                "r", returnTo,
                "u", redirectUri.toString(),
                "t", startedAt.toEpochMilli()));
        asked.maxAge().ifPresent(age -> json.put("m", age.toSeconds()));
        if (!asked.acrValues().isEmpty()) {
            json.put("a", asked.acrValues());
        }
        if (asked.silent()) {
            json.put("q", true);
        }
        if (asked.anew()) {
            json.put("l", true);
        }
        return json;
    }

    /** Nothing of it: an address may tell more than a log should know. */
    @Override
    public String toString() {
        return "LoginState";
    }

    /** @throws IllegalArgumentException if that is not the JSON of a login */
    static LoginState fromJson(Map<String, Object> json) {
        var members = new Members(json);
        return new LoginState(
                Secret.of(members.text("s")),
                Secret.of(members.text("n")),
                Secret.of(members.text("v")),
                members.text("r"),
                URI.create(members.text("u")),
                new Asked(members.seconds("m"), members.texts("a"), members.flag("q"), members.flag("l")),
                members.instant("t"));
    }
}
