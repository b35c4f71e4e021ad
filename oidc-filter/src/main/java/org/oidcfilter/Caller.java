// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.security.Principal;
import java.time.Instant;
import java.util.Set;

/**
 * Who makes the request. Identity is the pair of {@link #issuer()} and {@link #subject()}; everything else may change
 * between two logins of the same person.
 *
 * <p>In a servlet it is {@code request.getUserPrincipal()}, and the request attribute named {@link #ATTRIBUTE}.
 */
public interface Caller extends Principal {
    /** The name of the request attribute that holds the caller. */
    String ATTRIBUTE = "org.oidcfilter.Caller";

    /** For display: the claim named by {@code oidc.caller-name-claim}, else the subject. Not an identity. */
    @Override
    String getName();

    /** The issuer identifier of the provider that vouches for the caller ({@code iss}). */
    String issuer();

    /** The caller's identifier at that provider ({@code sub}): unique there, never reassigned. */
    String subject();

    /** The roles found in the claims that {@code oidc.roles-claim} names. */
    Set<String> roles();

    /** All that the provider said about the caller. */
    Claims claims();

    /** When the session ends if the caller does nothing more. */
    Instant sessionExpiresAt();
}
