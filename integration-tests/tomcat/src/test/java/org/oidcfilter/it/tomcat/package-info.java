// SPDX-License-Identifier: Apache-2.0
/** The scenarios on Tomcat. */
@NullMarked
package org.oidcfilter.it.tomcat;

import org.jspecify.annotations.NullMarked;
