// SPDX-License-Identifier: Apache-2.0
/** A shop of three pages, which goes into the WAR of the tests. */
@NullMarked
package org.oidcfilter.it.shop;

import org.jspecify.annotations.NullMarked;
