// SPDX-License-Identifier: Apache-2.0
/** Starts the sample application in one command. */
@NullMarked
package org.oidcfilter.samples.demo;

import org.jspecify.annotations.NullMarked;
