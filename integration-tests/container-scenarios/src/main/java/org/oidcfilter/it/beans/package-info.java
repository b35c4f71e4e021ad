// SPDX-License-Identifier: Apache-2.0
/** What the web application under test has besides where there is CDI. */
@NullMarked
package org.oidcfilter.it.beans;

import org.jspecify.annotations.NullMarked;
