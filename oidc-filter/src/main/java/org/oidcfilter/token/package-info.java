// SPDX-License-Identifier: Apache-2.0
/**
 * A token comes in as text and leaves as a <em>verified</em> token or not at all. Pure: keys and clock are given.
 *
 * <p>JOSE itself is done by jose4j, behind {@link org.oidcfilter.token.JwtVerifier}; every rule about a claim is ours.
 *
 * <p>Internal.
 */
@NullMarked
package org.oidcfilter.token;

import org.jspecify.annotations.NullMarked;
