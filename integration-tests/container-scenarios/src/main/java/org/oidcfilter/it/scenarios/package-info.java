// SPDX-License-Identifier: Apache-2.0
/** What every container must do, as JUnit interfaces that a container's tests implement. */
@NullMarked
package org.oidcfilter.it.scenarios;

import org.jspecify.annotations.NullMarked;
