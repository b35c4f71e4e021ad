// SPDX-License-Identifier: Apache-2.0
/**
 * The servlet edge. {@link org.oidcfilter.servlet.OidcFilter} is what a {@code web.xml} names; everything else is
 * internal.
 */
@NullMarked
package org.oidcfilter.servlet;

import org.jspecify.annotations.NullMarked;
