// SPDX-License-Identifier: Apache-2.0
/** Two nodes of one application, and everything between them. */
@NullMarked
package org.oidcfilter.it.cluster;

import org.jspecify.annotations.NullMarked;
