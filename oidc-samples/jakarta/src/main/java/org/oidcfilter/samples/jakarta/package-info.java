// SPDX-License-Identifier: Apache-2.0
/** A small shop in the style of Jakarta EE: Jakarta REST, CDI, roles, Jakarta Security. */
@NullMarked
package org.oidcfilter.samples.jakarta;

import org.jspecify.annotations.NullMarked;
