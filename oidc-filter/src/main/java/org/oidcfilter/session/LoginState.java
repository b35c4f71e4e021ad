// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.oidcfilter.Secret;

/**
 * A login that has begun (OpenID Connect Core 3.1.2.1, RFC 7636).
 *
 * @param state binds the authentication response to this browser
 * @param nonce binds the ID token to this login
 * @param codeVerifier binds the code to this login
 * @param returnTo the path and query that the caller asked for
 * @param redirectUri where the provider was told to send the response
 * @param startedAt when the browser was sent to the provider, in milliseconds
 */
public record LoginState(
        Secret state, Secret nonce, Secret codeVerifier, String returnTo, URI redirectUri, Instant startedAt)
        implements PendingState<LoginState> {
    public LoginState {
        startedAt = Instant.ofEpochMilli(startedAt.toEpochMilli());
    }

    /** A new login, with values that nobody can guess. */
    public static LoginState start(String returnTo, URI redirectUri, Instant now) {
        return new LoginState(RandomValue.next(), RandomValue.next(), RandomValue.next(), returnTo, redirectUri, now);
    }

    @Override
    public LoginState returningTo(String other) {
        return new LoginState(state, nonce, codeVerifier, other, redirectUri, startedAt);
    }

    @Override
    public Map<String, Object> toJson() {
        return Map.of(
                "s", state.reveal(),
                "n", nonce.reveal(),
                "v", codeVerifier.reveal(),
                "r", returnTo,
                "u", redirectUri.toString(),
                "t", startedAt.toEpochMilli());
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
                members.instant("t"));
    }
}
