// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody who can log in. Immutable: every method returns a changed copy.
 *
 * <p>All claims are in the ID token and in the UserInfo answer, whatever scope was asked for.
 */
public final class User {
    private final String username;
    private final Map<String, Object> claims;

    private User(String username, Map<String, Object> claims) {
        this.username = username;
        this.claims = Collections.unmodifiableMap(claims);
    }

    /** A user with this name, which is also the {@code sub} and the {@code preferred_username}. */
    public static User named(String username) {
        if (username.isBlank()) {
            throw new IllegalArgumentException("The user name must not be empty");
        }
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", username);
        claims.put("preferred_username", username);
        return new User(username, claims);
    }

    /** Sets the {@code sub}, where it should differ from the user name. */
    public User subject(String subject) {
        return claim("sub", subject);
    }

    /** Sets the full name, claim {@code name}. */
    public User name(String name) {
        return claim("name", name);
    }

    /** Sets the verified address, claims {@code email} and {@code email_verified}. */
    public User email(String email) {
        return claim("email", email).claim("email_verified", true);
    }

    /** Sets the claim {@code roles}, and {@code groups} to the same unless {@link #groups} says otherwise. */
    public User roles(String... roles) {
        List<String> names = List.of(roles);
        User user = claim("roles", names);
        return claims.containsKey("groups") ? user : user.claim("groups", names);
    }

    /** Sets the claim {@code groups}. */
    public User groups(String... groups) {
        return claim("groups", List.of(groups));
    }

    /**
     * Sets any claim, also one of those above.
     *
     * @param value a string, number, boolean, list or map: anything that JSON can say
     */
    public User claim(String claim, Object value) {
        var changed = new LinkedHashMap<>(claims);
        changed.put(claim, value);
        return new User(username, changed);
    }

    /** The name by which the provider's own programming interface knows the user. */
    public String username() {
        return username;
    }

    /** The {@code sub}. */
    public String subject() {
        return String.valueOf(claims.get("sub"));
    }

    /** All claims, {@code sub} included, in the order in which they were set. */
    public Map<String, Object> claims() {
        return claims;
    }

    /** The user name only. */
    @Override
    public String toString() {
        return "User[" + username + "]";
    }
}
