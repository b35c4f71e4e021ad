// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Set;

/**
 * Decides by code which roles a caller has, where settings cannot say it: roles that the application keeps itself, say, or
 * that follow from several claims. {@code oidc.role-mapper} names the class, which needs a public constructor without
 * parameters; one instance serves all callers, in several threads at once.
 *
 * <p>It is asked at each login and whenever tokens are renewed, in between never: what it answers is the caller's roles until
 * then. At a renewal there is no request; the thread's context class loader is that of the application.
 */
@FunctionalInterface
public interface RoleMapper {
    /**
     * The roles of {@code user}, all of them: {@link EndUser#roles()} count only where they are among the answer. Whoever is
     * to pass nowhere has none. Names that cannot be roles are left out: blank ones, {@code *} and {@code **}, those with
     * control characters or of more than 1000 characters.
     *
     * <p>The login, or the renewal, waits for the answer: a look-up needs a time-out of its own. An exception, or an answer
     * that is {@code null}, refuses a login with {@link Reason#ROLE_MAPPER_FAILED}; at a renewal the caller keeps the roles
     * from before, until the next one.
     */
    Set<String> roles(EndUser user);

    /**
     * Whose roles are in question. Issuer and subject together say who it is; names and addresses among the claims do not.
     *
     * @param issuer the provider that vouches for the user ({@code iss})
     * @param subject the user's identifier there ({@code sub})
     * @param claims all that the provider said, verified
     * @param roles what the settings make of the claims and scopes
     */
    record EndUser(String issuer, String subject, Claims claims, Set<String> roles) {
        public EndUser {
            roles = Set.copyOf(roles);
        }

        /** Nothing about the person. */
        @Override
        public String toString() {
            return "EndUser[" + issuer + "]";
        }
    }
}
