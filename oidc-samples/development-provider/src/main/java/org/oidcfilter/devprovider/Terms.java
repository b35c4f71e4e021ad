// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Clock;
import java.time.Duration;

/**
 * What all endpoints go by.
 *
 * @param issuer the issuer identifier, which is also the origin
 * @param clock tells the time
 * @param tokenLifetime how long access tokens and ID tokens are valid
 * @param refreshTokens who gets refresh tokens, and for how many uses
 */
record Terms(String issuer, Clock clock, Duration tokenLifetime, RefreshTokens refreshTokens) {
    /**
     * How refresh tokens are issued.
     *
     * @param always whether without being asked for by {@code offline_access}
     * @param rotate whether each use gives a new one and ends the old one (RFC 9700 section 4.14.2)
     */
    record RefreshTokens(boolean always, boolean rotate) {}
}
