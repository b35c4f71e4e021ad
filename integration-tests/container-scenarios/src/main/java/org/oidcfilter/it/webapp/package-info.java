// SPDX-License-Identifier: Apache-2.0
/** The web application under test: one small servlet for each thing a container can do with a request. */
@NullMarked
package org.oidcfilter.it.webapp;

import org.jspecify.annotations.NullMarked;
