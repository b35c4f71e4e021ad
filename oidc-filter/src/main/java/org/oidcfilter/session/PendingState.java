// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Instant;
import java.util.Map;
import org.oidcfilter.Secret;

/**
 * What is remembered while the browser is away at the provider.
 *
 * @param <S> the implementation itself
 */
public sealed interface PendingState<S extends PendingState<S>> permits LoginState, LogoutState {
    /** The {@code state} that the browser brings back. */
    Secret state();

    /** The path and query, within the application's origin, that the browser goes to in the end. */
    String returnTo();

    /** When the browser was sent away. */
    Instant startedAt();

    /** The same, but ending elsewhere. */
    S returningTo(String returnTo);

    /** As an object of JSON. */
    Map<String, Object> toJson();
}
