// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.oidcfilter.config.RoleName;

/**
 * Roles that come of granted scopes. Only what the operator asks for counts: the request goes through the browser, where a
 * person can ask for more, and a provider may grant that to anybody.
 *
 * @param prefix what each of these roles begins with, and no other
 * @param asked the scopes that a login asks for
 */
record ScopeRoles(String prefix, Set<String> asked) {
    private static final Pattern SPACE = Pattern.compile(" ");

    ScopeRoles {
        asked = Set.copyOf(asked);
    }

    /** Those of what the token response grants (RFC 6749 section 3.3). */
    Set<String> of(String granted) {
        return SPACE.splitAsStream(granted)
                .filter(asked::contains)
                .map(scope -> prefix + scope)
                .filter(RoleName::isValid)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those among the roles that somebody had. */
    Set<String> among(Set<String> roles) {
        return roles.stream()
                .filter(role -> looksLikeOne(role) && asked.contains(role.substring(prefix.length())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether {@code role} begins like a role of a scope. */
    boolean looksLikeOne(String role) {
        return role.startsWith(prefix);
    }
}
