// SPDX-License-Identifier: Apache-2.0
/** What an application has for pac4j. */
@NullMarked
package org.oidcfilter.it.before.pac4j;

import org.jspecify.annotations.NullMarked;
