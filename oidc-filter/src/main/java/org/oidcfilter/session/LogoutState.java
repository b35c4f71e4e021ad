// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Instant;
import java.util.Map;
import org.oidcfilter.Secret;

/**
 * A logout that has gone to the provider (OpenID Connect RP-Initiated Logout 2).
 *
 * @param state binds the return to this browser
 * @param returnTo the path and query that the logout ends at
 * @param startedAt when the browser was sent to the provider, in milliseconds
 */
public record LogoutState(Secret state, String returnTo, Instant startedAt) implements PendingState<LogoutState> {
    public LogoutState {
        startedAt = Instant.ofEpochMilli(startedAt.toEpochMilli());
    }

    /** A new logout, with a state that nobody can guess. */
    public static LogoutState start(String returnTo, Instant now) {
        return new LogoutState(RandomValue.next(), returnTo, now);
    }

    @Override
    public LogoutState returningTo(String other) {
        return new LogoutState(state, other, startedAt);
    }

    @Override
    public Map<String, Object> toJson() {
        return Map.of("s", state.reveal(), "r", returnTo, "t", startedAt.toEpochMilli());
    }

    /** Nothing of it: an address may tell more than a log should know. */
    @Override
    public String toString() {
        return "LogoutState";
    }

    /** @throws IllegalArgumentException if that is not the JSON of a logout */
    static LogoutState fromJson(Map<String, Object> json) {
        var members = new Members(json);
        return new LogoutState(Secret.of(members.text("s")), members.text("r"), members.instant("t"));
    }
}
