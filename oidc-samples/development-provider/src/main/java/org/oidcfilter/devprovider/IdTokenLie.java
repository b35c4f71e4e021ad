// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Map;

/** Changes an ID token or a logout token before it is signed. */
@FunctionalInterface
public interface IdTokenLie {
    /**
     * Changes the two maps in place.
     *
     * @param header the JOSE header; an {@code alg} that the provider has keys for is signed with the right key,
     *     {@code none} in any spelling gets an empty signature, and anything else is stated over a signature made with
     *     the current algorithm
     * @param claims the claims set
     */
    void tell(Map<String, Object> header, Map<String, Object> claims);
}
