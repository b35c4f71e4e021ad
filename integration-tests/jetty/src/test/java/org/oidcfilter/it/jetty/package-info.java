// SPDX-License-Identifier: Apache-2.0
/** The scenarios on Jetty. */
@NullMarked
package org.oidcfilter.it.jetty;

import org.jspecify.annotations.NullMarked;
