// SPDX-License-Identifier: Apache-2.0
/** The scenarios on WildFly. */
@NullMarked
package org.oidcfilter.it.wildfly;

import org.jspecify.annotations.NullMarked;
