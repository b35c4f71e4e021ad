// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.net.URI;
import java.util.Optional;

/**
 * Addresses that the operator knows better than the provider's metadata, or instead of them (OpenID Connect Discovery 3,
 * RP-Initiated Logout 2.1).
 *
 * @param discovery whether the rest comes from the provider's metadata; if not, the first three are there
 * @param authorization where browsers log in
 * @param token where codes become tokens
 * @param jwks where the provider's keys are
 * @param userInfo where the claims of UserInfo are
 * @param endSession where browsers log out
 * @param revocation where tokens are revoked
 */
public record ProviderEndpoints(
        boolean discovery,
        Optional<URI> authorization,
        Optional<URI> token,
        Optional<URI> jwks,
        Optional<URI> userInfo,
        Optional<URI> endSession,
        Optional<URI> revocation) {}
