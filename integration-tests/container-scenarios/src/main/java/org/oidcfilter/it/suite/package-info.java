// SPDX-License-Identifier: Apache-2.0
/** The tests that every container runs. Those that begin with "Container" have the container ask for logins, the others a filter. */
@NullMarked
package org.oidcfilter.it.suite;

import org.jspecify.annotations.NullMarked;
