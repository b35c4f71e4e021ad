// SPDX-License-Identifier: Apache-2.0
/**
 * Talks to the OpenID Provider: the only place from which we call out.
 *
 * <p>Internal.
 */
@NullMarked
package org.oidcfilter.provider;

import org.jspecify.annotations.NullMarked;
