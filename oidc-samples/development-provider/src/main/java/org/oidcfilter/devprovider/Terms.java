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
 * @param alwaysRefreshTokens whether a refresh token is issued without being asked for by {@code offline_access}
 */
record Terms(String issuer, Clock clock, Duration tokenLifetime, boolean alwaysRefreshTokens) {}
