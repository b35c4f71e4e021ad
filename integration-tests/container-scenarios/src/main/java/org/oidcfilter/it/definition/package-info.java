// SPDX-License-Identifier: Apache-2.0
/** A web application in the style of Jakarta Security, which knows nothing of us. */
@NullMarked
package org.oidcfilter.it.definition;

import org.jspecify.annotations.NullMarked;
