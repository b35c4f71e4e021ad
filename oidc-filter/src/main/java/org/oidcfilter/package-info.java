// SPDX-License-Identifier: Apache-2.0
/**
 * The public API: the vocabulary of the relying party.
 *
 * <p>Types in this package are stable. All other packages are internal unless they say otherwise.
 */
@NullMarked
package org.oidcfilter;

import org.jspecify.annotations.NullMarked;
