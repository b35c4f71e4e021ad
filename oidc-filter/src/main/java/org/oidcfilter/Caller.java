// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    /**
     * For display: the first of the claims named by {@code oidc.caller-name-claim} that holds a name, else the subject. Not an
     * identity. On one line, of at most 256 characters; not escaped.
     */
    @Override
    String getName();

    /** The issuer identifier of the provider that vouches for the caller ({@code iss}). */
    String issuer();

    /** The caller's identifier at that provider ({@code sub}): unique there, never reassigned. */
    String subject();

    /** The roles that the settings, and the application's {@link RoleMapper} if it has one, find the caller to have. */
    Set<String> roles();

    /** All that the provider said about the caller. */
    Claims claims();

    /** When the session ends if the caller does nothing more. */
    Instant sessionExpiresAt();

    /**
     * The caller's access token, good at this moment: renewed first if it is about to expire, which may take as long as the
     * provider does ({@code oidc.provider-timeout}). Ask for it each time it is needed instead of keeping it. It may be asked
     * for after the request is over, as long as the session lasts.
     *
     * @throws AccessTokenException with {@link Reason#SESSION_OVER} if the session has ended meanwhile, or
     *     {@link Reason#ACCESS_TOKEN_UNAVAILABLE} if the token has expired and cannot be renewed
     */
    Secret accessToken();

    /**
     * Sends a request with the caller's {@link #accessToken()}. Redirects are not followed. A request without a timeout gets
     * one of 30 seconds.
     *
     * @throws IllegalArgumentException if the request goes to an origin that {@code oidc.api-origins} does not name, or has
     *     an {@code Authorization} header; nothing is sent then
     * @throws AccessTokenException as {@link #accessToken()}
     */
    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException;
}
