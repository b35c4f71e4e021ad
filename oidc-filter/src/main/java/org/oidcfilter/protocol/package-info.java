// SPDX-License-Identifier: Apache-2.0
/**
 * The messages of OpenID Connect that we send and accept, as values: reading and writing them, no input or output.
 *
 * <p>Internal.
 */
@NullMarked
package org.oidcfilter.protocol;

import org.jspecify.annotations.NullMarked;
