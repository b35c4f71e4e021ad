// SPDX-License-Identifier: Apache-2.0
/**
 * The servlet edge. {@link org.oidcfilter.servlet.OidcFilter} is what a {@code web.xml} names, and sometimes
 * {@link org.oidcfilter.servlet.UpgradeGuard}; {@link org.oidcfilter.servlet.CurrentLogin} is what an application calls; everything else is
 * internal, for this edge and those of containers.
 */
@NullMarked
package org.oidcfilter.servlet;

import org.jspecify.annotations.NullMarked;
