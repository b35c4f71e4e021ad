// SPDX-License-Identifier: Apache-2.0
/** The edge for Tomcat's own security, by a Jakarta Authentication module. Internal; Tomcat finds it by itself. */
@NullMarked
package org.oidcfilter.tomcat;

import org.jspecify.annotations.NullMarked;
