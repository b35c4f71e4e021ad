// SPDX-License-Identifier: Apache-2.0
/** The same annotations on a bean and on a resource of Jakarta REST, below public paths: nobody else asks for a login there. */
@NullMarked
package org.oidcfilter.it.guarded;

import org.jspecify.annotations.NullMarked;
