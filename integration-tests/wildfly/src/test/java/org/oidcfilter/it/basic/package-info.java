// SPDX-License-Identifier: Apache-2.0
/** An application that brings an authentication mechanism of its own. */
@NullMarked
package org.oidcfilter.it.basic;

import org.jspecify.annotations.NullMarked;
