// SPDX-License-Identifier: Apache-2.0
/** What of the web application under test makes sense where the container enforces constraints. */
@NullMarked
package org.oidcfilter.it.constrained;

import org.jspecify.annotations.NullMarked;
