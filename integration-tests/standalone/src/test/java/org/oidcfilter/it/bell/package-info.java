// SPDX-License-Identifier: Apache-2.0
/** A web socket, for a WAR of its own. */
@NullMarked
package org.oidcfilter.it.bell;

import org.jspecify.annotations.NullMarked;
