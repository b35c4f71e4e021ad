// SPDX-License-Identifier: Apache-2.0
/** What the tests of all containers have shown, as docs/containers.md tells it. */
@NullMarked
package org.oidcfilter.it.matrix;

import org.jspecify.annotations.NullMarked;
