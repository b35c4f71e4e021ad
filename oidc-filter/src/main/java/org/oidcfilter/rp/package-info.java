// SPDX-License-Identifier: Apache-2.0
/** Internal. The relying party: one file per kind of request, wired by {@code RelyingParties}. */
@NullMarked
package org.oidcfilter.rp;

import org.jspecify.annotations.NullMarked;
