// SPDX-License-Identifier: Apache-2.0
/** A small application of plain servlets behind the OIDC filter. */
@NullMarked
package org.oidcfilter.samples.servlet;

import org.jspecify.annotations.NullMarked;
