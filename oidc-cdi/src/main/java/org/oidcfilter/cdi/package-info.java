// SPDX-License-Identifier: Apache-2.0
/**
 * Injects the caller: {@code @Inject Caller}, {@code @Inject Claims}, and {@code @Inject Optional<Caller>} for code that
 * also serves anonymous requests.
 */
@NullMarked
package org.oidcfilter.cdi;

import org.jspecify.annotations.NullMarked;
