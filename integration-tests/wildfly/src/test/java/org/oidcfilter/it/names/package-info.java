// SPDX-License-Identifier: Apache-2.0
/** What an application needs besides to find its data by names of its own. */
@NullMarked
package org.oidcfilter.it.names;

import org.jspecify.annotations.NullMarked;
