// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.OptionalInt;

/**
 * What became of one logout token.
 *
 * @param clientId the client it was sent to
 * @param status the HTTP status of the client's answer, empty if there was none in time
 */
public record LogoutDelivery(String clientId, OptionalInt status) {}
