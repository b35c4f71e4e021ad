// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which JCache engine, and what for.
 *
 * @param uri its configuration; one without scheme is the name of a resource; empty for its own default
 * @param provider the class of its caching provider; empty if there is one only
 * @param cache how the names of our caches begin
 * @param marksLifetime how long a mark matters
 * @param usesLifetime how long anything else does
 */
public record JCacheOptions(
        Optional<URI> uri, Optional<String> provider, String cache, Duration marksLifetime, Duration usesLifetime) {
    /** Nothing of the configuration's address, which may hold a password. */
    @Override
    public String toString() {
        return "JCacheOptions[" + cache + "]";
    }
}
