// SPDX-License-Identifier: Apache-2.0
/** Real providers, a plain HTTP browser and a real one, and the tests that use them. */
@NullMarked
package org.oidcfilter.it.providers;

import org.jspecify.annotations.NullMarked;
