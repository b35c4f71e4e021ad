// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.Set;

/**
 * Who issues tokens, and whom they are meant for: what every token of the provider is held to.
 *
 * @param issuer the issuer identifier
 * @param clientId this client
 * @param others whom a token may be for besides
 */
record Audience(String issuer, String clientId, Set<String> others) {
    Audience {
        others = Set.copyOf(others);
    }
}
