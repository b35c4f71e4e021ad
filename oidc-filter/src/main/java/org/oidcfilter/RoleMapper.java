// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Set;

/**
 * Decides by code which roles a caller has, where settings cannot say it: roles that the application keeps itself, say, or
 * that follow from several claims. {@code oidc.role-mapper} names the class, which needs a public constructor without
 * parameters. One instance serves all callers, in several threads at once. It is no bean, so that nothing is injected into it.
 * If it is {@link AutoCloseable} it is closed when the filter ends.
 *
 * <p>It is made when the filter starts, in a thread of the container, and asked in threads of its own, of which the context
 * class loader is the application's. What belongs to a thread of the container is not there: no request, no request scope, no
 * transaction, and in some containers no {@code java:comp}. Look up in the constructor what is needed.
 */
@FunctionalInterface
public interface RoleMapper {
    /**
     * The roles of {@code user}, all of them: {@link EndUser#roles()} count only where they are among the answer. Whoever is
     * to pass nowhere has none. Names that cannot be roles are left out: blank ones, {@code *} and {@code **}, those with
     * control characters or of more than 1000 characters.
     *
     * <p>It is asked at each login and whenever tokens are renewed, in between never: what it answers is the caller's roles
     * until then. It has as long as the provider has to answer, {@code oidc.provider-timeout}; then its thread is interrupted.
     *
     * <p>An exception, an answer that is {@code null}, and one that comes too late, refuse a login with
     * {@link Reason#ROLE_MAPPER_FAILED}. At a renewal the caller then keeps the roles from before, except those that the
     * provider has withdrawn: do not let what users write about themselves cause an exception, answer fewer roles instead.
     */
    Set<String> roles(EndUser user);

    /**
     * Whose roles are in question. Issuer and subject together say who it is; names and addresses among the claims do not.
     * For the filter, and tests, to implement; methods that are added later will have a default.
     */
    interface EndUser {
        /** The provider that vouches for the user ({@code iss}). */
        String issuer();

        /** The user's identifier there ({@code sub}). */
        String subject();

        /** What the user is called, see {@link Caller#getName}. Not an identity. */
        default String name() {
            return subject();
        }

        /**
         * All that the ID token says and, where it was asked for, UserInfo. That the provider says it is verified; whether it
         * is true is another question, see {@code email_verified}.
         */
        Claims claims();

        /**
         * What the settings make of the claims and of the granted scopes, unmodifiable. At a renewal whose answer does not
         * name the scopes again there are none of scopes.
         */
        Set<String> roles();
    }
}
