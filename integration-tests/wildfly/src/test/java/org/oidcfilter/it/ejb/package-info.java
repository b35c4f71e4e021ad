// SPDX-License-Identifier: Apache-2.0
/** An application that has its roles checked by Enterprise Beans and asks Jakarta Security who its caller is. */
@NullMarked
package org.oidcfilter.it.ejb;

import org.jspecify.annotations.NullMarked;
