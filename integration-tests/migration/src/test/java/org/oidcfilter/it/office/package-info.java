// SPDX-License-Identifier: Apache-2.0
/** A small application that moves from one library to another and knows neither. */
@NullMarked
package org.oidcfilter.it.office;

import org.jspecify.annotations.NullMarked;
